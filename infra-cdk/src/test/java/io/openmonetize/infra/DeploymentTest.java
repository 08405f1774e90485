package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.assertions.Template;

class DeploymentTest {
  private static final List<String> DATA =
      List.of("Tables/Control", "Tables/Usage", "Queue/Queue", "Queue/DeadLetters");

  @Test
  void production_data_outliveTheirStack() {
    SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);
    assertThat(DATA)
        .allSatisfy(
            path ->
                assertThat(system.resource(path))
                    .containsEntry("DeletionPolicy", "Retain")
                    .containsEntry("UpdateReplacePolicy", "Retain"));
  }

  @Test
  void dev_data_goWithTheirStack() {
    SynthesizedSystem system = SynthesizedSystem.of(Stage.DEV);
    assertThat(DATA)
        .allSatisfy(
            path -> assertThat(system.resource(path)).containsEntry("DeletionPolicy", "Delete"));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void services_data_areNotAmongThem(Stage stage) {
    Template services = SynthesizedSystem.of(stage).services();
    for (String type : List.of("AWS::DynamoDB::GlobalTable", "AWS::SQS::Queue")) {
      assertThat(services.findResources(type)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void outputs_forTheOperator_areBothUrlsAndTheFirstStep(Stage stage) {
    SynthesizedSystem system = SynthesizedSystem.of(stage);
    Map<String, Object> outputs =
        SynthesizedSystem.object(system.services().toJSON().get("Outputs"));
    assertThat(outputs)
        .containsOnlyKeys(
            "ProxyUrl",
            "DashboardUrl",
            "MakeOperator",
            "LedgerSettings",
            "ProxyLogGroup",
            "WorkerEventSource");
    assertThat(valueOf(system, outputs, "ProxyLogGroup")).isEqualTo("Proxy/Logs");
    assertThat(valueOf(system, outputs, "WorkerEventSource"))
        .startsWith("IngestWorker/Function/SqsEventSource:");
    assertThat(valueOf(system, outputs, "ProxyUrl"))
        .isEqualTo("Proxy/Function/FunctionUrl.FunctionUrl");
    assertThat(valueOf(system, outputs, "DashboardUrl")).isEqualTo("HttpApi/Api.ApiEndpoint");
    assertThat(valueOf(system, outputs, "MakeOperator"))
        .isEqualTo(
            "aws lambda invoke --region AWS::Region --function-name Operators/Function"
                + " --cli-binary-format raw-in-base64-out --payload '{\"name\":\"admin\"}'"
                + " /dev/stdout");
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void outputs_withADomain_areNamesOfTheOperatorsOwn(Stage stage) {
    SynthesizedSystem system = SynthesizedSystem.withAllOptions(stage);
    Map<String, Object> outputs =
        SynthesizedSystem.object(system.services().toJSON().get("Outputs"));
    assertThat(valueOf(system, outputs, "ProxyUrl")).isEqualTo("https://proxy.om.example.com/");
    assertThat(valueOf(system, outputs, "DashboardUrl")).isEqualTo("https://om.example.com");
    assertThat(system.variables("QueryApi"))
        .containsEntry("OM_PROXY_URL", "https://proxy.om.example.com/");
  }

  /** cdk-nag writes a line for each resource and rule: id, resource, verdict, reason, ... */
  @ParameterizedTest
  @EnumSource(Stage.class)
  void nag_awsSolutions_onlyTheRoutesAreExcused(Stage stage) throws IOException {
    List<List<String>> verdicts = nagReports(SynthesizedSystem.of(stage), 2);
    assertThat(verdicts)
        .extracting(verdict -> verdict.get(0), verdict -> verdict.get(2))
        .as("the rules did run")
        .contains(tuple("AwsSolutions-IAM5", "Compliant"), tuple("AwsSolutions-SQS4", "Compliant"));
    assertThat(verdicts)
        .filteredOn(verdict -> !verdict.get(2).equals("Compliant"))
        .hasSize(11)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.get(0)).isEqualTo("AwsSolutions-APIG4");
              assertThat(verdict.get(2)).isEqualTo("Suppressed");
              assertThat(verdict.get(3)).startsWith("The functions check API keys");
            });
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void nag_allOptions_onlyCloudFrontsPlaceAndLogAreExcusedBesides(Stage stage) throws IOException {
    List<List<String>> verdicts = nagReports(SynthesizedSystem.withAllOptions(stage), 3);
    assertThat(verdicts)
        .filteredOn(verdict -> !verdict.get(2).equals("Compliant"))
        .extracting(verdict -> verdict.get(0), verdict -> verdict.get(2))
        .containsOnly(
            tuple("AwsSolutions-APIG4", "Suppressed"),
            tuple("AwsSolutions-CFR1", "Suppressed"),
            tuple("AwsSolutions-CFR3", "Suppressed"));
  }

  @Test
  void nag_cloudFrontWithoutADomain_itsCertificateIsExcusedToo() throws IOException {
    SynthesizedSystem system =
        SynthesizedSystem.of(Stage.DEV, "cloud-front", Map.of("cloudFront", "true"));
    assertThat(nagReports(system, 3))
        .filteredOn(verdict -> !verdict.get(2).equals("Compliant"))
        .extracting(verdict -> verdict.get(0), verdict -> verdict.get(2))
        .containsOnly(
            tuple("AwsSolutions-APIG4", "Suppressed"),
            tuple("AwsSolutions-CFR1", "Suppressed"),
            tuple("AwsSolutions-CFR3", "Suppressed"),
            tuple("AwsSolutions-CFR4", "Suppressed"));
    Map<String, Object> outputs =
        SynthesizedSystem.object(system.services().toJSON().get("Outputs"));
    assertThat(valueOf(system, outputs, "ProxyUrl"))
        .isEqualTo("https://CloudFront/Distribution.DomainName/");
  }

  private static List<List<String>> nagReports(SynthesizedSystem system, int stacks)
      throws IOException {
    try (Stream<Path> files = Files.list(system.folder())) {
      List<Path> reports =
          files.filter(file -> file.toString().endsWith("-NagReport.csv")).toList();
      assertThat(reports).as("one for each stack").hasSize(stacks);
      Pattern cell = Pattern.compile("\"([^\"]*)\"");
      List<List<String>> verdicts = new ArrayList<>();
      for (Path report : reports) {
        Files.readAllLines(report).stream()
            .skip(1)
            .map(line -> cell.matcher(line).results().map(match -> match.group(1)).toList())
            .forEach(verdicts::add);
      }
      return verdicts;
    }
  }

  private static String valueOf(
      SynthesizedSystem system, Map<String, Object> outputs, String name) {
    return system.describe(SynthesizedSystem.object(outputs.get(name)).get("Value"));
  }
}
