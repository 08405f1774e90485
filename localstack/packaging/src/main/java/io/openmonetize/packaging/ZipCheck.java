package io.openmonetize.packaging;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Whether the JVM takes the cache that is in the zip: it is unpacked elsewhere and started with
 * {@code -XX:AOTMode=on}, which ends a JVM without its cache.
 */
final class ZipCheck {
  private ZipCheck() {}

  /**
   * @throws IOException when it does not
   */
  static void run(Path zip, Training training) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("openmonetize-package-check");
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start()) {
      PackageFolder unpacked = UnpackedZip.unpack(zip, folder.resolve("task"));
      Map<String, String> variables =
          Map.ofEntries(
              Map.entry("_HANDLER", training.handler()),
              Map.entry("AWS_LAMBDA_RUNTIME_API", platform.authority()),
              Map.entry("OM_CONTROL_TABLE", "control"),
              Map.entry("OM_USAGE_TABLE", "usage"),
              Map.entry("OM_USAGE_QUEUE_URL", "http://127.0.0.1:1/usage"),
              Map.entry("AWS_ACCESS_KEY_ID", "none"),
              Map.entry("AWS_SECRET_ACCESS_KEY", "none"),
              Map.entry("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load"));
      try (PackagedFunction function =
          PackagedFunction.start(
              List.of(unpacked.bootstrap().toString()),
              variables,
              platform,
              folder.resolve("output"))) {
        function.awaitStart();
        function.end();
        requireCached(function.written(), training.handler());
      }
    } finally {
      UnpackedZip.delete(folder);
    }
  }

  private static void requireCached(String written, String ownClass) throws IOException {
    if (written
        .lines()
        .noneMatch(line -> line.contains(ownClass + " source: shared objects file"))) {
      throw new IOException(ownClass + " did not come from the AOT cache in the zip:\n" + written);
    }
  }
}
