package io.openmonetize.infra;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;

/** Books what the queue holds: prices, de-duplicates and folds events into the usage table. */
public final class IngestWorker extends Construct {
  private static final Duration TIMEOUT = Duration.seconds(30);
  private static final Duration BATCHING_WINDOW = Duration.seconds(1);

  private final Function function;
  private final SqsEventSource source;

  IngestWorker(
      Construct scope,
      String id,
      Stage stage,
      Artefact artefact,
      UsageTables tables,
      UsageQueue queue) {
    super(scope, id);
    Map<String, String> environment = new HashMap<>(EventRetention.environment(getNode()));
    environment.put("OM_USAGE_TABLE", tables.usageName());
    environment.put("OM_USAGE_QUEUE_URL", queue.url());
    function =
        LeastPrivilegeFunction.create(
            this,
            stage,
            OwnJava.function(artefact, "io.openmonetize.worker.WorkerFunction", TIMEOUT)
                .description("Books queued usage events"),
            PriceOverrides.with(getNode(), environment));
    tables.grantBooking(function);
    queue.grantSending(function);
    queue.grantDeadLettering(function);
    source =
        SqsEventSource.Builder.create(queue.queue())
            .batchSize(100)
            .maxBatchingWindow(BATCHING_WINDOW)
            .reportBatchItemFailures(true)
            .maxConcurrency(stage.workersAtMost())
            .build();
    function.addEventSource(source);
  }

  Function function() {
    return function;
  }

  /** What to name to stop the worker and to start it again. */
  String eventSourceId() {
    return source.getEventSourceMappingId();
  }

  /**
   * How long the queue must hide a batch from other workers: six times the function's timeout and
   * the batching window, as the AWS Lambda guide asks ("Creating and configuring an Amazon SQS
   * event source mapping"). If it were shorter, a throttled batch would be delivered again while it
   * is still being tried.
   */
  static Duration visibilityTimeout() {
    return Duration.seconds(
        6 * TIMEOUT.toSeconds().intValue() + BATCHING_WINDOW.toSeconds().intValue());
  }
}
