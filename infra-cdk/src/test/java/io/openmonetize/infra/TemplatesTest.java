package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every template, whatever the stage and the options. */
class TemplatesTest {
  /** Our own keys, AWS's, and those of the providers. */
  private static final Pattern SECRET =
      Pattern.compile(
          "om_(live|dev)_|AKIA[A-Z0-9]{16}|sk-[A-Za-z0-9-]{8}|AIza|-----BEGIN|aws_secret");

  private static final Pattern SECRETIVE_NAME =
      Pattern.compile("(?i).*(password|secret|token|credential|api_?key).*");

  static List<SynthesizedSystem> systems() {
    return Stream.of(Stage.values())
        .flatMap(s -> Stream.of(SynthesizedSystem.of(s), SynthesizedSystem.withAllOptions(s)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("systems")
  void eachTemplate_secrets_areNone(SynthesizedSystem system) {
    assertThat(system.all())
        .allSatisfy(
            template -> assertThat(template.toJSON().toString()).doesNotContainPattern(SECRET));
    for (String box :
        List.of("Proxy", "IngestApi", "IngestWorker", "Repricing", "QueryApi", "Operators")) {
      assertThat(system.variables(box).keySet())
          .noneMatch(name -> SECRETIVE_NAME.matcher(name).matches());
    }
    assertThat(system.all())
        .flatMap(template -> keys(template.toJSON().get("Parameters")))
        .allMatch(List.of("BootstrapVersion", "WebAclArn")::contains);
  }

  @ParameterizedTest
  @MethodSource("systems")
  void eachTemplate_buckets_areNone(SynthesizedSystem system) {
    assertThat(system.all()).allSatisfy(template -> template.resourceCountIs("AWS::S3::Bucket", 0));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void eachLogGroup_retention_isSet(SynthesizedSystem system) {
    assertThat(system.services().findResources("AWS::Logs::LogGroup").values())
        .as("six functions and the HTTP API")
        .hasSize(7)
        .allSatisfy(
            group ->
                assertThat(SynthesizedSystem.object(group.get("Properties")))
                    .containsKey("RetentionInDays"));
    assertThat(system.services().findResources("AWS::Lambda::Function").values())
        .hasSize(6)
        .allSatisfy(
            function ->
                assertThat(SynthesizedSystem.object(function.get("Properties")))
                    .containsKey("LoggingConfig"));
  }

  /** Or {@code cdk diff} would show changes that are none, and publish versions for nothing. */
  @Test
  void synthesis_twice_givesTheSameFiles() throws IOException {
    Map<String, String> once =
        files(
            SynthesizedSystem.of(Stage.PRODUCTION, "once", SynthesizedSystem.ALL_OPTIONS).folder());
    Map<String, String> twice =
        files(
            SynthesizedSystem.of(Stage.PRODUCTION, "twice", SynthesizedSystem.ALL_OPTIONS)
                .folder());
    assertThat(once).hasSizeGreaterThan(6).isEqualTo(twice);
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(TemplatesTest::isDeployed).toList()) {
        contents.put(
            folder.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  /** Templates, lists of packages, packages: the rest are CDK's notes on the run itself. */
  private static boolean isDeployed(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".template.json")
        || name.endsWith(".assets.json")
        || name.startsWith("asset.");
  }

  private static Collection<String> keys(@Nullable Object parameters) {
    return parameters == null ? List.of() : SynthesizedSystem.object(parameters).keySet();
  }
}
