package io.openmonetize.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the DynamoDB server's program. The build installs it for the platform that the lock file
 * pins; for others it is fetched once, at run time.
 */
public final class DynoxideBinary {
  static final String VERSION = "1.2.1";
  private static final String INSTALLED_IN = "localstack/parts/node_modules";

  private DynoxideBinary() {}

  /**
   * Looks in the house's own folder, given by {@code OM_HOME} or else found by walking up from the
   * working directory.
   *
   * @throws LocalPartException when it is not there
   */
  public static Path find() {
    return installed(System.getenv("OM_HOME"))
        .orElseThrow(
            () ->
                new LocalPartException(
                    "the DynamoDB server is not installed: build the module localstack/parts,"
                        + " or name a server by OM_DYNAMODB_ENDPOINT",
                    null));
  }

  /**
   * As {@link #find()}, but fetches the program into a folder where the build has not installed it.
   *
   * @param home the house's folder, or null to walk up from the working directory
   * @param cache where a fetched program is kept
   * @throws LocalPartException when it can be had in neither way
   */
  public static Path findOrFetch(@Nullable Path home, Path cache) {
    Optional<Path> installed = installed(home == null ? null : home.toString());
    if (installed.isPresent()) {
      return installed.get();
    }
    Path fetched = cache.resolve("node_modules").resolve(program());
    if (!Files.isExecutable(fetched)) {
      fetch(cache);
    }
    if (!Files.isExecutable(fetched)) {
      throw unavailable(null);
    }
    return fetched;
  }

  /** The npm package for this platform, such as {@code @dynoxide/linux-x64}. */
  static String packageName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String platform = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "win32" : os;
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "@dynoxide/" + platform + "-" + (arch.equals("aarch64") ? "arm64" : "x64");
  }

  private static String program() {
    return packageName() + "/dynoxide";
  }

  private static Optional<Path> installed(@Nullable String home) {
    if (home != null && !home.isEmpty()) {
      return Optional.of(Path.of(home, INSTALLED_IN, program())).filter(Files::isExecutable);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path program = at.resolve(INSTALLED_IN).resolve(program());
      if (Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private static void fetch(Path cache) {
    try {
      Files.createDirectories(cache);
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--no-save",
                  "--no-audit",
                  "--no-fund",
                  "--prefix",
                  cache.toString(),
                  packageName() + "@" + VERSION)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (npm.waitFor() != 0) {
        throw unavailable(null);
      }
    } catch (IOException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static LocalPartException unavailable(@Nullable Throwable cause) {
    return new LocalPartException(
        "no DynamoDB server could be had for this platform: npm did not give "
            + packageName()
            + "@"
            + VERSION
            + "; name a server of your own by OM_DYNAMODB_ENDPOINT",
        cause);
  }
}
