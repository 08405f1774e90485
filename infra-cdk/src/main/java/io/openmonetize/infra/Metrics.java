package io.openmonetize.infra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sqs.Queue;

/** What the alarms and the dashboard both look at. */
record Metrics(
    StreamingProxy proxy,
    IngestApi ingest,
    IngestWorker worker,
    Repricing repricing,
    QueryApi query,
    Operators operators,
    UsageHttpApi http,
    UsageTables tables,
    UsageQueue queue,
    LogMetrics logs) {
  static final Duration PERIOD = Duration.minutes(5);

  /** By the name that an operator knows each by. */
  record Named(String name, Function function) {}

  /** Those that answer or book; the repricing has an alarm of its own. */
  List<Named> functions() {
    return List.of(
        new Named("proxy", proxy.function()),
        new Named("ingest", ingest.function()),
        new Named("worker", worker.function()),
        new Named("query", query.function()),
        new Named("operators", operators.function()));
  }

  static MetricOptions options(String statistic, String label) {
    return MetricOptions.builder().statistic(statistic).label(label).period(PERIOD).build();
  }

  Metric deadLetters() {
    return queueMetric(queue.deadLetters(), "ApproximateNumberOfMessagesVisible", "dead letters");
  }

  Metric waiting() {
    return queueMetric(queue.queue(), "ApproximateNumberOfMessagesVisible", "waiting");
  }

  Metric watched() {
    return queueMetric(
        queue.queue(), "ApproximateNumberOfMessagesDelayed", "intents of calls not yet due");
  }

  Metric queueAge() {
    return queueMetric(queue.queue(), "ApproximateAgeOfOldestMessage", "oldest, in seconds");
  }

  private static Metric queueMetric(Queue queue, String name, String label) {
    return queue.metric(name, options("Maximum", label));
  }

  Metric httpApiFailures() {
    return api("5xx");
  }

  Metric api(String name) {
    HttpApi api = http.api();
    return api.metric(name, options("Sum", name));
  }

  /** Requests that DynamoDB put off, of both tables and both indexes. */
  IMetric tableThrottles() {
    List<IMetric> all = new ArrayList<>();
    for (String name : List.of("ReadThrottleEvents", "WriteThrottleEvents")) {
      all.add(tables.control().metric(name, options("Sum", "control " + name)));
      all.add(tables.usage().metric(name, options("Sum", "usage " + name)));
      all.add(index(name, UsageTables.CUSTOMER_FEED));
      all.add(index(name, UsageTables.DAY_FEED));
    }
    return combined("SUM", all, "throttled");
  }

  private Metric index(String name, String index) {
    return Metric.Builder.create()
        .namespace("AWS/DynamoDB")
        .metricName(name)
        .dimensionsMap(Map.of("TableName", tables.usageName(), "GlobalSecondaryIndexName", index))
        .statistic("Sum")
        .period(PERIOD)
        .label(index + " " + name)
        .build();
  }

  static Metric capacity(TableV2 table, String name, String label) {
    return table.metric(name, options("Sum", label));
  }

  IMetric errors() {
    List<IMetric> all = new ArrayList<>();
    functions().forEach(f -> all.add(f.function().metricErrors(options("Sum", f.name()))));
    return combined("SUM", all, "errors");
  }

  IMetric throttles() {
    List<IMetric> all = new ArrayList<>();
    functions().forEach(f -> all.add(f.function().metricThrottles(options("Sum", f.name()))));
    return combined("SUM", all, "throttles");
  }

  IMetric repricingFailures() {
    Function function = repricing.function();
    return combined(
        "SUM",
        List.of(
            function.metricErrors(options("Sum", "errors")),
            function.metricThrottles(options("Sum", "throttles")),
            logs.repricingRefused()),
        "failures");
  }

  /**
   * How much of its time the slowest call took, in per cent, of the function that is nearest to its
   * timeout. Without the repricing, which uses up its time by design.
   */
  IMetric longestOfTimeout() {
    List<IMetric> all = new ArrayList<>();
    functions()
        .forEach(
            f -> {
              String id = f.name() + "Duration";
              long timeout = f.function().getTimeout().toMilliseconds().longValue();
              all.add(
                  MathExpression.Builder.create()
                      .expression(id + " * 100 / " + timeout)
                      .usingMetrics(
                          Map.of(id, f.function().metricDuration(options("Maximum", f.name()))))
                      .label(f.name())
                      .period(PERIOD)
                      .build());
            });
    return combined("MAX", all, "% of the timeout");
  }

  /** {@code SUM} and {@code MAX} over a list pass over what has no data; a plus would not. */
  private static IMetric combined(String function, List<IMetric> metrics, String label) {
    Map<String, IMetric> named = new HashMap<>();
    List<String> ids = new ArrayList<>();
    for (IMetric metric : metrics) {
      String id = "m" + ids.size();
      ids.add(id);
      named.put(id, metric);
    }
    return MathExpression.Builder.create()
        .expression(function + "([" + String.join(", ", ids) + "])")
        .usingMetrics(named)
        .label(label)
        .period(PERIOD)
        .build();
  }
}
