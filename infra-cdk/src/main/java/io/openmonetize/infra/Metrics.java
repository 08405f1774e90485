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

  /** Those that the system itself calls at any time of the day. */
  private List<Named> serving() {
    return List.of(
        new Named("proxy", proxy.function()),
        new Named("ingest", ingest.function()),
        new Named("worker", worker.function()),
        new Named("query", query.function()));
  }

  /** All but the repricing, which has an alarm of its own. */
  List<Named> functions() {
    List<Named> all = new ArrayList<>(serving());
    all.add(new Named("operators", operators.function()));
    return all;
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
   * timeout. Without the repricing, which uses up its time by design, and that for operators, which
   * is called by hand: CloudWatch takes ten metrics and formulas for one alarm.
   */
  IMetric longestOfTimeout() {
    return combined("MAX", serving().stream().map(Metrics::ofTimeout).toList(), "% of the timeout");
  }

  private static IMetric ofTimeout(Named named) {
    String id = named.name() + "Duration";
    long timeout = named.function().getTimeout().toMilliseconds().longValue();
    return MathExpression.Builder.create()
        .expression(id + " * 100 / " + timeout)
        .usingMetrics(Map.of(id, named.function().metricDuration(options("Maximum", named.name()))))
        .label(named.name())
        .period(PERIOD)
        .build();
  }

  /** {@code SUM} and {@code MAX} over a list pass over what has no data; a plus would not. */
  private static IMetric combined(String function, List<? extends IMetric> metrics, String label) {
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
