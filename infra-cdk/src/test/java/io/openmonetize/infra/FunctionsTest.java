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

  /** The processor is that of the machine that built the package. */
  @ParameterizedTest
  @CsvSource({
    "Proxy, io.openmonetize.proxy.ProxyFunction",
    "IngestApi, io.openmonetize.ingest.IngestFunction",
    "IngestWorker, io.openmonetize.worker.WorkerFunction",
    "Repricing, io.openmonetize.worker.RepricingFunction",
    "QueryApi, io.openmonetize.query.QueryFunction",
    "Operators, io.openmonetize.query.OperatorsFunction"
  })
  void eachFunction_runtime_isItsOwn(String box, String handler) {
    assertThat(system.properties(box + "/Function"))
        .containsEntry("Runtime", "provided.al2023")
        .containsEntry("Handler", handler)
        .containsEntry("Architectures", List.of("x86_64"));
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
