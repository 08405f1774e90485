package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.local.host.SqsEventSource;
import io.openmonetize.logging.Log;
import io.openmonetize.worker.WorkerFunction;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The ingest worker behind its event source. */
final class WorkerRole implements AutoCloseable {
  /** As on AWS, but for the window: 1 s there, where invocations cost. */
  private static final SqsEventSource.Settings SETTINGS =
      new SqsEventSource.Settings(100, Duration.ofMillis(100), Duration.ofSeconds(30), 1);

  /** Longer than the event source's long poll. */
  private static final Duration QUEUE_ANSWERS_WITHIN = Duration.ofSeconds(10);

  private final SqsClient sqs;
  private final SqsEventSource source;
  private final BackgroundRepricing repricing;

  private WorkerRole(SqsClient sqs, SqsEventSource source, BackgroundRepricing repricing) {
    this.sqs = sqs;
    this.source = source;
    this.repricing = repricing;
  }

  static WorkerRole start(Environment environment, Clock clock, Log log) {
    SqsClient sqs = new AwsClients(environment).sqs(QUEUE_ANSWERS_WITHIN);
    return new WorkerRole(
        sqs,
        SqsEventSource.start(
            sqs,
            environment.require("OM_USAGE_QUEUE_URL"),
            new WorkerFunction(environment, clock, log),
            SETTINGS,
            clock,
            log),
        BackgroundRepricing.start(environment, clock, log));
  }

  /** Finishes what it has in hand. */
  @Override
  public void close() {
    repricing.close();
    source.close();
    sqs.close();
  }
}
