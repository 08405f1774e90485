package io.openmonetize.proxy.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AOT cache (JEP 514) of a package: the package is run as Lambda does, gets calls of every
 * kind, and is ended, upon which the JVM writes down what it has loaded and linked.
 */
final class TrainedCache {
  /** Twenty events and a few more: further ones were measured to change nothing. */
  private static final int ROUNDS = 3;

  private static final String NEW_CACHE = "new.aot";

  /** The JVM writes the cache in a child process, and the package has no helper to start one. */
  private static final String FORK = "-Djdk.lang.Process.launchMechanism=FORK";

  private TrainedCache() {}

  /**
   * Puts a cache into the package, and its name into the options of the start.
   *
   * @param caches a folder that is kept between builds: a cache that was made before of the very
   *     same things is taken again
   */
  static void addTo(PackageFolder folder, Path caches, Instant time)
      throws IOException, GeneralSecurityException, InterruptedException, URISyntaxException {
    Files.createDirectories(caches);
    folder.setTimes(time);
    String name = "proxy-" + folder.hash(ownClasses()) + ".aot";
    Path cache = caches.resolve(name);
    if (Files.notExists(cache)) {
      removeOthers(caches);
      train(folder, cache, time);
    }
    Path packed = folder.path().resolve(name);
    Files.copy(cache, packed);
    Files.setLastModifiedTime(packed, FileTime.from(time));
    folder.writeOptions("-XX:AOTCache=" + name, time);
  }

  private static void train(PackageFolder folder, Path cache, Instant time)
      throws IOException, GeneralSecurityException, InterruptedException {
    folder.writeOptions("-XX:AOTCacheOutput=" + NEW_CACHE, time);
    Path work = Files.createTempDirectory("openmonetize-training");
    Path log = cache.resolveSibling("training.log");
    try (Surroundings surroundings = Surroundings.start(work);
        RuntimeApiStandIn platform = RuntimeApiStandIn.start()) {
      Path trustStore = work.resolve("trusted");
      surroundings.writeTrustStore(folder.javaRuntime(), trustStore);
      try (PackagedProxy proxy =
          PackagedProxy.start(
              List.of(folder.bootstrap().toString()),
              surroundings.variables(platform.authority(), trustStore.toString(), FORK),
              platform,
              log)) {
        proxy.awaitStart();
        for (int round = 0; round < ROUNDS; round++) {
          for (Call call : Call.kinds()) {
            call.requireAnswered(proxy.invoke(surroundings.event(call)));
          }
        }
        proxy.end();
      }
      if (surroundings.queued() < ROUNDS * Call.kinds().size()) {
        throw new IOException("The training run booked too little: see " + log);
      }
    } finally {
      UnpackedZip.delete(work);
    }
    Path made = folder.path().resolve(NEW_CACHE);
    if (Files.notExists(made)) {
      throw new IOException("The training run left no cache: see " + log);
    }
    Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path ownClasses() throws URISyntaxException {
    Path root =
        Path.of(TrainedCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return root.resolve(TrainedCache.class.getPackageName().replace('.', '/'));
  }

  private static void removeOthers(Path caches) throws IOException {
    try (Stream<Path> old = Files.list(caches)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
  }
}
