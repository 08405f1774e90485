package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the functions find in their environment, and what Lambda finds in them. */
class FunctionsTest {
  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @Test
  void proxy_environment_namesKeysAndQueue() {
    assertThat(environmentOf("Proxy"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OM_STAGE", "production",
                "LOG_LEVEL", "INFO",
                "OM_CONTROL_TABLE", "Tables/Control",
                "OM_USAGE_QUEUE_URL", "Queue/Queue"));
  }

  @Test
  void ingestApi_environment_namesKeysAndQueue() {
    assertThat(environmentOf("IngestApi"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OM_STAGE", "production",
                "LOG_LEVEL", "INFO",
                "OM_CONTROL_TABLE", "Tables/Control",
                "OM_USAGE_QUEUE_URL", "Queue/Queue"));
  }

  @Test
  void ingestWorker_environment_namesTheUsageTableAndTheQueue() {
    assertThat(environmentOf("IngestWorker"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OM_STAGE", "production",
                "LOG_LEVEL", "INFO",
                "OM_USAGE_TABLE", "Tables/Usage",
                "OM_USAGE_QUEUE_URL", "Queue/Queue"));
  }

  @Test
  void repricing_environment_namesTheUsageTable() {
    assertThat(environmentOf("Repricing"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OM_STAGE", "production",
                "LOG_LEVEL", "INFO",
                "OM_USAGE_TABLE", "Tables/Usage"));
  }

  @Test
  void queryApi_environment_namesAllAndTheProxy() {
    assertThat(environmentOf("QueryApi"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OM_STAGE", "production",
                "LOG_LEVEL", "INFO",
                "OM_CONTROL_TABLE", "Tables/Control",
                "OM_USAGE_TABLE", "Tables/Usage",
                "OM_USAGE_QUEUE_URL", "Queue/Queue",
                "OM_PROXY_URL", "Proxy/Function/FunctionUrl.FunctionUrl"));
  }

  @Test
  void operators_environment_namesTheControlTable() {
    assertThat(environmentOf("Operators"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OM_STAGE", "production",
                "LOG_LEVEL", "INFO",
                "OM_CONTROL_TABLE", "Tables/Control"));
  }

  @ParameterizedTest
  @CsvSource({
    "IngestApi, io.openmonetize.ingest.IngestFunction::handleRequest",
    "IngestWorker, io.openmonetize.worker.WorkerFunction::handleRequest",
    "Repricing, io.openmonetize.worker.RepricingFunction::handleRequest",
    "QueryApi, io.openmonetize.query.QueryFunction::handleRequest",
    "Operators, io.openmonetize.query.OperatorsFunction::handleRequest"
  })
  void managedFunction_runtime_isJavaOnTheCheaperProcessor(String box, String handler) {
    assertThat(system.properties(box + "/Function"))
        .containsEntry("Runtime", "java25")
        .containsEntry("Handler", handler)
        .containsEntry("Architectures", List.of("arm64"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Proxy", "IngestApi", "IngestWorker", "Repricing", "QueryApi", "Operators"})
  void eachFunction_log_isItsOwnAndKeptForNinetyDays(String box) {
    Map<String, Object> logging =
        SynthesizedSystem.object(system.properties(box + "/Function").get("LoggingConfig"));
    assertThat(system.describe(logging.get("LogGroup"))).isEqualTo(box + "/Logs");
    assertThat(system.properties(box + "/Logs")).containsEntry("RetentionInDays", 90);
  }

  private Map<String, String> environmentOf(String box) {
    Map<String, String> described = new HashMap<>();
    system.variables(box).forEach((name, value) -> described.put(name, system.describe(value)));
    return described;
  }
}
