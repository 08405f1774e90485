package io.openmonetize.infra;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** The system's health on one CloudWatch page; what was used and what it cost is in the product. */
final class OperationsDashboard extends Construct {
  private static final int HALF = 12;

  OperationsDashboard(Construct scope, String id, Stage stage, Metrics metrics) {
    super(scope, id);
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName("openmonetize-" + stage.configName())
        .widgets(
            List.of(
                calls(metrics),
                errors(metrics),
                queue(metrics),
                losses(metrics),
                worker(metrics),
                capacity(metrics)))
        .build();
  }

  private static List<IWidget> calls(Metrics metrics) {
    var proxy = metrics.proxy().function();
    return List.of(
        graph(
            "Calls",
            proxy.metricInvocations(Metrics.options("Sum", "through the proxy")),
            proxy.metric("ConcurrentExecutions", Metrics.options("Maximum", "at once")),
            metrics.api("Count")),
        graph(
            "Streams' duration, in milliseconds",
            proxy.metricDuration(Metrics.options("p50", "p50")),
            proxy.metricDuration(Metrics.options("p95", "p95")),
            proxy.metricDuration(Metrics.options("Maximum", "longest"))));
  }

  private static List<IWidget> errors(Metrics metrics) {
    return List.of(
        graph(
            "Errors and throttles",
            each(metrics, f -> f.function().metricErrors(options(f, "errors"))),
            each(metrics, f -> f.function().metricThrottles(options(f, "throttles"))),
            new IMetric[] {
              metrics
                  .repricing()
                  .function()
                  .metricErrors(Metrics.options("Sum", "repricing errors"))
            }),
        graph("HTTP API", metrics.api("4xx"), metrics.api("5xx")));
  }

  private static List<IWidget> queue(Metrics metrics) {
    return List.of(
        graph("Queue", metrics.waiting(), metrics.watched(), metrics.deadLetters()),
        graph("Age of the oldest message", metrics.queueAge()));
  }

  private static List<IWidget> losses(Metrics metrics) {
    return List.of(
        graph("Unaccounted calls", metrics.logs().unaccountedCalls()),
        graph(
            "What the queue did not take, and the proxy's own faults",
            metrics.logs().enqueueFailures(),
            metrics.logs().proxyFaults()));
  }

  private static List<IWidget> worker(Metrics metrics) {
    var worker = metrics.worker().function();
    return List.of(
        graph(
            "Worker",
            worker.metricInvocations(Metrics.options("Sum", "batches")),
            metrics.logs().eventsBooked(),
            metrics.logs().eventsRepeated(),
            metrics.logs().messagesFailed()),
        graph(
            "Worker's batches, in milliseconds",
            worker.metricDuration(Metrics.options("p50", "p50")),
            worker.metricDuration(Metrics.options("Maximum", "longest"))));
  }

  private static List<IWidget> capacity(Metrics metrics) {
    String reads = "ConsumedReadCapacityUnits";
    String writes = "ConsumedWriteCapacityUnits";
    return List.of(
        graph(
            "Tables' capacity units",
            Metrics.capacity(metrics.tables().usage(), writes, "usage, written"),
            Metrics.capacity(metrics.tables().usage(), reads, "usage, read"),
            Metrics.capacity(metrics.tables().control(), writes, "control, written"),
            Metrics.capacity(metrics.tables().control(), reads, "control, read")),
        graph("Tables' throttles", metrics.tableThrottles()));
  }

  private static MetricOptions options(Metrics.Named function, String what) {
    return Metrics.options("Sum", function.name() + " " + what);
  }

  private static IMetric[] each(Metrics metrics, Function<Metrics.Named, IMetric> metric) {
    return metrics.functions().stream().map(metric).toArray(IMetric[]::new);
  }

  private static IWidget graph(String title, IMetric[]... metrics) {
    return graph(title, Arrays.stream(metrics).flatMap(Arrays::stream).toArray(IMetric[]::new));
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).left(List.of(metrics)).width(HALF).build();
  }
}
