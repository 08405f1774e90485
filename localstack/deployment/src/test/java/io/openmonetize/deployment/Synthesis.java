package io.openmonetize.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The cloud assembly, made as {@code cdk synth} makes it: by the CDK app in its own process. */
final class Synthesis {
  private static final String APP = "io.openmonetize.infra.InfraApp";
  private static final int MINUTES_AT_MOST = 10;

  /** The stage whose tables go with their stack; a retention, so that items carry their expiry. */
  private static final String CONTEXT =
      """
      {"stage":"dev","eventRetentionDays":"400",\
      "aws:cdk:enable-path-metadata":true,"aws:cdk:enable-asset-metadata":true}\
      """;

  private Synthesis() {}

  /**
   * @param folder for the assembly
   * @throws IllegalStateException with the app's own words, such as on a package that is not built
   */
  static CloudAssembly run(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path output = folder.resolveSibling(folder.getFileName() + ".log");
    ProcessBuilder app =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), APP)
            .directory(infraCdk().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    app.environment()
        .putAll(
            Map.of(
                "CLASSPATH",
                System.getProperty("java.class.path"),
                "CDK_OUTDIR",
                folder.toAbsolutePath().toString(),
                "CDK_CONTEXT_JSON",
                CONTEXT,
                "JSII_DEPRECATED",
                "quiet",
                "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION",
                "20"));
    Process process = app.start();
    if (!process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("the synthesis took too long: " + output);
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("the synthesis failed: " + Files.readString(output));
    }
    return CloudAssembly.read(folder);
  }

  private static Path infraCdk() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("infra-cdk/cdk.json"))) {
        return at.resolve("infra-cdk");
      }
    }
    throw new IllegalStateException("no infra-cdk above the working directory");
  }
}
