package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmsTest {
  private static final List<String> ALWAYS =
      List.of(
          "dead-letters",
          "queue-age",
          "unaccounted-calls",
          "enqueue-failures",
          "proxy-faults",
          "function-errors",
          "function-throttles",
          "near-timeout",
          "table-throttles",
          "http-api-failures",
          "repricing-failures");

  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);
  private final SynthesizedSystem full = SynthesizedSystem.withAllOptions(Stage.PRODUCTION);

  @Test
  void alarms_withoutOptions_areTheseAndTellNobody() {
    assertThat(alarms(system))
        .extracting(alarm -> alarm.get("AlarmName"))
        .containsExactlyInAnyOrderElementsOf(
            ALWAYS.stream().map(name -> "openmonetize-production-" + name).toList());
    assertThat(alarms(system))
        .allSatisfy(alarm -> assertThat(alarm).doesNotContainKey("AlarmActions"));
    system.services().resourceCountIs("AWS::SNS::Topic", 0);
  }

  @Test
  void operatorsGuide_hasASectionForEachAlarmAndNoOther() throws IOException {
    List<String> titles =
        Files.readAllLines(Path.of("../docs/operating.md")).stream()
            .dropWhile(line -> !line.equals("## Alarms"))
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .toList();

    assertThat(titles)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(ALWAYS.stream(), Stream.of("proxy-concurrency")).toList());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void alarms_withACap_watchTheProxysConcurrencyToo(Stage stage) {
    assertThat(alarms(SynthesizedSystem.withAllOptions(stage)))
        .extracting(alarm -> alarm.get("AlarmName"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(ALWAYS.stream(), Stream.of("proxy-concurrency"))
                .map(name -> "openmonetize-" + stage.configName() + "-" + name)
                .toList());
    assertThat(full.properties("Alarms/proxy-concurrency")).containsEntry("Threshold", 40);
    assertThat(watched(full, "proxy-concurrency", "ConcurrentExecutions"))
        .containsExactly("FunctionName=Proxy/Function");
  }

  @Test
  void eachAlarm_description_saysWhatToDoAndWhereItIsWritten() {
    assertThat(alarms(full))
        .allSatisfy(
            alarm -> {
              String name =
                  alarm.get("AlarmName").toString().replace("openmonetize-production-", "");
              assertThat(alarm.get("AlarmDescription").toString())
                  .endsWith(" See docs/operating.md#" + name)
                  .hasSizeBetween(100, 1024);
            });
  }

  @Test
  void eachAlarm_withBothAddresses_tellsBoth() {
    assertThat(alarms(full))
        .allSatisfy(
            alarm ->
                assertThat(SynthesizedSystem.list(alarm.get("AlarmActions")))
                    .map(full::describe)
                    .containsExactly(
                        "AlarmTopic/Topic", "arn:aws:sns:eu-west-1:123456789012:pager"));
  }

  @Test
  void topic_subscription_isTheOperatorsAddress() {
    assertThat(full.services().findResources("AWS::SNS::Subscription").values())
        .singleElement()
        .satisfies(
            subscription ->
                assertThat(SynthesizedSystem.object(subscription.get("Properties")))
                    .containsEntry("Protocol", "email")
                    .containsEntry("Endpoint", "operator@example.com"));
  }

  /** The topic's own policy takes the place of the one by which alarms may publish. */
  @Test
  void topic_policy_letsThisAccountsAlarmsPublishAndNobodyWithoutTls() {
    Map<String, Object> policy =
        SynthesizedSystem.object(full.properties("AlarmTopic/Topic/Policy").get("PolicyDocument"));
    assertThat(SynthesizedSystem.list(policy.get("Statement")))
        .map(SynthesizedSystem::object)
        .satisfiesExactlyInAnyOrder(
            statement ->
                assertThat(statement)
                    .containsEntry("Effect", "Allow")
                    .containsEntry("Action", "sns:Publish")
                    .containsEntry("Principal", Map.of("Service", "cloudwatch.amazonaws.com"))
                    .containsEntry(
                        "Condition",
                        Map.of(
                            "StringEquals",
                            Map.of("aws:SourceAccount", Map.of("Ref", "AWS::AccountId")))),
            statement ->
                assertThat(statement)
                    .containsEntry("Effect", "Deny")
                    .containsEntry(
                        "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))));
  }

  @ParameterizedTest
  @CsvSource({
    "dead-letters, AWS/SQS, ApproximateNumberOfMessagesVisible, Maximum, 1",
    "queue-age, AWS/SQS, ApproximateAgeOfOldestMessage, Maximum, 1800",
    "unaccounted-calls, OpenMonetize/production, UnaccountedCalls, Sum, 1",
    "enqueue-failures, OpenMonetize/production, EnqueueFailures, Sum, 1",
    "proxy-faults, OpenMonetize/production, ProxyFaults, Sum, 1",
    "http-api-failures, AWS/ApiGateway, 5xx, Sum, 5"
  })
  void alarm_ofOneMetric_watchesIt(
      String name, String namespace, String metric, String statistic, int threshold) {
    assertThat(system.properties("Alarms/" + name))
        .containsEntry("Threshold", threshold)
        .containsEntry("ComparisonOperator", "GreaterThanOrEqualToThreshold")
        .containsEntry("TreatMissingData", "notBreaching");
    assertThat(stats(system, name))
        .singleElement()
        .satisfies(
            stat -> {
              assertThat(stat).containsEntry("Stat", statistic);
              assertThat(SynthesizedSystem.object(stat.get("Metric")))
                  .containsEntry("Namespace", namespace)
                  .containsEntry("MetricName", metric);
            });
  }

  @Test
  void deadLetters_queue_isTheDeadLetters() {
    assertThat(watched("dead-letters", "ApproximateNumberOfMessagesVisible"))
        .containsExactly("QueueName=Queue/DeadLetters.QueueName");
    assertThat(watched("queue-age", "ApproximateAgeOfOldestMessage"))
        .containsExactly("QueueName=Queue/Queue.QueueName");
  }

  @Test
  void functionErrors_functions_areAllThatAnswerOrBook() {
    assertThat(watched("function-errors", "Errors"))
        .containsExactlyInAnyOrder(
            "FunctionName=Proxy/Function",
            "FunctionName=IngestApi/Function",
            "FunctionName=IngestWorker/Function",
            "FunctionName=QueryApi/Function",
            "FunctionName=Operators/Function");
    assertThat(watched("function-throttles", "Throttles")).hasSize(5);
    assertThat(watched("near-timeout", "Duration"))
        .containsExactlyInAnyOrder(
            "FunctionName=Proxy/Function",
            "FunctionName=IngestApi/Function",
            "FunctionName=IngestWorker/Function",
            "FunctionName=QueryApi/Function");
    assertThat(watched("repricing-failures", "Errors"))
        .containsExactly("FunctionName=Repricing/Function");
    assertThat(watched("repricing-failures", "RepricingRefused")).hasSize(1);
  }

  /** CloudWatch refuses an alarm over more, which no synthesis tells. */
  @Test
  void eachAlarm_metricsAndFormulas_areTenAtMost() {
    assertThat(alarms(full))
        .allSatisfy(
            alarm -> assertThat(SynthesizedSystem.list(alarm.get("Metrics"))).hasSizeLessThan(11));
  }

  @Test
  void nearTimeout_eachFunction_isMeasuredByItsOwnTimeout() {
    assertThat(metricsOf(system, "near-timeout"))
        .filteredOn(metric -> metric.containsKey("Expression"))
        .extracting(metric -> metric.get("Expression").toString())
        .contains(
            "proxyDuration * 100 / 780000",
            "ingestDuration * 100 / 29000",
            "workerDuration * 100 / 30000",
            "queryDuration * 100 / 29000");
    assertThat(system.properties("Alarms/near-timeout")).containsEntry("Threshold", 90);
  }

  @Test
  void tableThrottles_tablesAndIndexes_areAllWatched() {
    assertThat(watched("table-throttles", "WriteThrottleEvents"))
        .containsExactlyInAnyOrder(
            "TableName=Tables/Control",
            "TableName=Tables/Usage",
            "GlobalSecondaryIndexName=customer-feed, TableName=Tables/Usage",
            "GlobalSecondaryIndexName=day-feed, TableName=Tables/Usage");
    assertThat(watched("table-throttles", "ReadThrottleEvents")).hasSize(4);
  }

  private List<String> watched(String alarm, String metric) {
    return watched(system, alarm, metric);
  }

  /** The dimensions of each metric of that name within what the alarm looks at. */
  private static List<String> watched(SynthesizedSystem system, String alarm, String metric) {
    return stats(system, alarm).stream()
        .map(stat -> SynthesizedSystem.object(stat.get("Metric")))
        .filter(part -> metric.equals(part.get("MetricName")))
        .map(part -> dimensions(system, part))
        .toList();
  }

  /** Each metric that the alarm's formula names, with its statistic; its own if it has none. */
  private static List<Map<String, Object>> stats(SynthesizedSystem system, String alarm) {
    Map<String, Object> properties = system.properties("Alarms/" + alarm);
    return properties.containsKey("Metrics")
        ? metricsOf(system, alarm).stream()
            .filter(part -> part.containsKey("MetricStat"))
            .map(part -> SynthesizedSystem.object(part.get("MetricStat")))
            .toList()
        : List.of(Map.of("Metric", properties, "Stat", properties.get("Statistic")));
  }

  private static List<Map<String, Object>> metricsOf(SynthesizedSystem system, String alarm) {
    return SynthesizedSystem.list(system.properties("Alarms/" + alarm).get("Metrics")).stream()
        .map(SynthesizedSystem::object)
        .toList();
  }

  private static String dimensions(SynthesizedSystem system, Map<String, Object> metric) {
    return SynthesizedSystem.list(metric.get("Dimensions")).stream()
        .map(SynthesizedSystem::object)
        .map(part -> part.get("Name") + "=" + system.describe(part.get("Value")))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static List<Map<String, Object>> alarms(SynthesizedSystem system) {
    return system.services().findResources("AWS::CloudWatch::Alarm").values().stream()
        .map(alarm -> SynthesizedSystem.object(alarm.get("Properties")))
        .toList();
  }
}
