package io.openmonetize.packaging;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AOT cache (JEP 514) of a package: the package is run as Lambda does, gets calls of every
 * kind, and is ended, upon which the JVM writes down what it has loaded and linked.
 */
final class TrainedCache {
  /** Twenty events and a few more: further ones were measured to change nothing. */
  private static final int EVENTS = 24;

  private static final String NEW_CACHE = "new.aot";

  /** The JVM writes the cache in a child process, and the package has no helper to start one. */
  private static final String FORK = "-Djdk.lang.Process.launchMechanism=FORK";

  private final PackageFolder folder;
  private final String mainClass;
  private final Training training;
  private final Instant time;

  /**
   * @param time of all files
   */
  TrainedCache(PackageFolder folder, String mainClass, Training training, Instant time) {
    this.folder = folder;
    this.mainClass = mainClass;
    this.training = training;
    this.time = time;
  }

  /**
   * Puts a cache into the package, and its name into the options of the start.
   *
   * @param caches a folder that is kept between builds: a cache that was made before of the very
   *     same things is taken again
   */
  void add(Path caches) throws Exception {
    Files.createDirectories(caches);
    folder.setTimes(time);
    String name =
        "function-"
            + folder.hash(List.of(classesOf(TrainedCache.class), classesOf(training.getClass())))
            + ".aot";
    Path cache = caches.resolve(name);
    if (Files.notExists(cache)) {
      removeOthers(caches);
      train(cache);
    }
    Path packed = folder.path().resolve(name);
    Files.copy(cache, packed);
    Files.setLastModifiedTime(packed, FileTime.from(time));
    folder.writeOptions("-XX:AOTCache=" + name, mainClass, time);
  }

  private void train(Path cache) throws Exception {
    folder.writeOptions("-XX:AOTCacheOutput=" + NEW_CACHE, mainClass, time);
    Path work = Files.createTempDirectory("openmonetize-training");
    Path log = cache.resolveSibling("training.log");
    try (Surroundings surroundings = Surroundings.start(work, training);
        RuntimeApiStandIn platform = RuntimeApiStandIn.start()) {
      surroundings.writeTrusted(folder.javaRuntime(), work);
      try (PackagedFunction function =
          PackagedFunction.start(
              List.of(folder.bootstrap().toString()),
              surroundings.variables(platform.authority(), work, FORK),
              platform,
              log)) {
        function.awaitStart();
        int rounds = 0;
        while (function.calls() < EVENTS) {
          training.calls(surroundings, function);
          rounds++;
        }
        function.end();
        training.check(surroundings, rounds);
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

  /** The folder of a class's package, or the jar that it is in. */
  private static Path classesOf(Class<?> type) throws URISyntaxException {
    Path root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Files.isDirectory(root) ? root.resolve(type.getPackageName().replace('.', '/')) : root;
  }

  private static void removeOthers(Path caches) throws IOException {
    try (Stream<Path> old = Files.list(caches)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
  }
}
