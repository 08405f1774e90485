package io.openmonetize.infra;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.constructs.Construct;

/** Books what the queue holds: prices, de-duplicates and folds events into the usage table. */
public final class IngestWorker extends Construct {
  private static final Duration TIMEOUT = Duration.seconds(30);

  private final Function function;

  IngestWorker(
      Construct scope,
      String id,
      Stage stage,
      Path artefact,
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
            ManagedJava.function(artefact, "io.openmonetize.worker.WorkerFunction", TIMEOUT)
                .description("Books queued usage events"),
            PriceOverrides.with(getNode(), environment));
    tables.grantBooking(function);
    queue.grantSending(function);
    queue.grantDeadLettering(function);
    function.addEventSource(
        SqsEventSource.Builder.create(queue.queue())
            .batchSize(100)
            .maxBatchingWindow(Duration.seconds(1))
            .reportBatchItemFailures(true)
            .maxConcurrency(stage.workersAtMost())
            .build());
  }

  Function function() {
    return function;
  }

  /**
   * How long the queue must hide a batch from other workers: six times the function's timeout, as
   * the AWS Lambda guide asks ("Creating and configuring an Amazon SQS event source mapping"). If
   * it were shorter, a throttled batch would be delivered again while it is still being tried.
   */
  static Duration visibilityTimeout() {
    return Duration.seconds(6 * TIMEOUT.toSeconds().intValue());
  }
}
