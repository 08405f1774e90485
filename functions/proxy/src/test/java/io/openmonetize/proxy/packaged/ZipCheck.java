package io.openmonetize.proxy.packaged;

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
  private static final String OWN_CLASS = "io.openmonetize.proxy.ProxyFunction";

  private ZipCheck() {}

  /**
   * @throws IOException when it does not
   */
  static void run(Path zip) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("openmonetize-proxy-check");
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start()) {
      PackageFolder unpacked = UnpackedZip.unpack(zip, folder.resolve("task"));
      Map<String, String> variables =
          Map.of(
              "AWS_LAMBDA_RUNTIME_API", platform.authority(),
              "OM_CONTROL_TABLE", "control",
              "OM_USAGE_QUEUE_URL", "http://127.0.0.1:1/usage",
              "AWS_ACCESS_KEY_ID", "none",
              "AWS_SECRET_ACCESS_KEY", "none",
              "JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load");
      try (PackagedProxy proxy =
          PackagedProxy.start(
              List.of(unpacked.bootstrap().toString()),
              variables,
              platform,
              folder.resolve("output"))) {
        proxy.awaitStart();
        proxy.end();
        requireCached(proxy.written());
      }
    } finally {
      UnpackedZip.delete(folder);
    }
  }

  private static void requireCached(String written) throws IOException {
    if (written
        .lines()
        .noneMatch(line -> line.contains(OWN_CLASS + " source: shared objects file"))) {
      throw new IOException(
          "The proxy did not get its classes from the AOT cache in its zip:\n" + written);
    }
  }
}
