package io.openmonetize.infra;

import java.util.Arrays;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.IFilterPattern;
import software.amazon.awscdk.services.logs.JsonPattern;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/** Counts that only the functions' logs tell: each is the sum over lines with certain events. */
final class LogMetrics extends Construct {
  private final Stage stage;

  LogMetrics(
      Construct scope,
      String id,
      Stage stage,
      Function proxy,
      Function ingest,
      Function worker,
      Function repricing) {
    super(scope, id);
    this.stage = stage;
    // What the queue did not take, and only the log has now, or the reporter.
    lines(
        "ProxyEnqueueFailures",
        proxy,
        "EnqueueFailures",
        "usage.enqueue_failed",
        "intent.enqueue_failed",
        "usage.lines_unread");
    lines("IngestEnqueueFailures", ingest, "EnqueueFailures", "queue.refused");
    lines("ProxyFaults", proxy, "ProxyFaults", "proxy.failed", "meter.failed");
    lines("UnaccountedCalls", worker, "UnaccountedCalls", "call.unaccounted");
    sum("EventsBooked", worker, "EventsBooked", "$.recorded", "batch.booked");
    sum("EventsRepeated", worker, "EventsRepeated", "$.duplicates", "batch.booked");
    sum("MessagesFailed", worker, "MessagesFailed", "$.failed", "batch.booked");
    sum(
        "RepricingRefused",
        repricing,
        "RepricingRefused",
        "$.refused",
        "repricing.finished",
        "repricing.interrupted");
  }

  private void lines(String id, Function function, String metric, String... events) {
    filter(id, function, metric, "1", anyOf(events));
  }

  private void sum(String id, Function function, String metric, String field, String... events) {
    filter(id, function, metric, field, anyOf(events));
  }

  private static IFilterPattern anyOf(String... events) {
    JsonPattern[] patterns =
        Arrays.stream(events)
            .map(event -> FilterPattern.stringValue("$.event", "=", event))
            .toArray(JsonPattern[]::new);
    return patterns.length == 1 ? patterns[0] : FilterPattern.any(patterns);
  }

  private void filter(
      String id, Function function, String metric, String value, IFilterPattern pattern) {
    MetricFilter.Builder.create(this, id)
        .logGroup(function.getLogGroup())
        .filterPattern(pattern)
        .metricNamespace(namespace())
        .metricName(metric)
        .metricValue(value)
        .build();
  }

  private String namespace() {
    return "OpenMonetize/" + stage.configName();
  }

  Metric enqueueFailures() {
    return metric("EnqueueFailures");
  }

  Metric proxyFaults() {
    return metric("ProxyFaults");
  }

  Metric unaccountedCalls() {
    return metric("UnaccountedCalls");
  }

  Metric eventsBooked() {
    return metric("EventsBooked");
  }

  Metric eventsRepeated() {
    return metric("EventsRepeated");
  }

  Metric messagesFailed() {
    return metric("MessagesFailed");
  }

  Metric repricingRefused() {
    return metric("RepricingRefused");
  }

  private Metric metric(String name) {
    return Metric.Builder.create()
        .namespace(namespace())
        .metricName(name)
        .statistic("Sum")
        .period(Metrics.PERIOD)
        .build();
  }
}
