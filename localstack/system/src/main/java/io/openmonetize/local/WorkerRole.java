package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.local.host.SqsEventSource;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.worker.Booking;
import io.openmonetize.worker.Ledger;
import io.openmonetize.worker.WorkerFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The ingest worker behind its event source. */
final class WorkerRole implements AutoCloseable {
  /** As on AWS, but for the window: 1 s there, where invocations cost. */
  private static final SqsEventSource.Settings SETTINGS =
      new SqsEventSource.Settings(100, Duration.ofMillis(100), Duration.ofSeconds(30), 1);

  /** Longer than the event source's long poll. */
  private static final Duration QUEUE_ANSWERS_WITHIN = Duration.ofSeconds(10);

  private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(3);

  private final SqsClient sqs;
  private final SqsEventSource source;

  private WorkerRole(SqsClient sqs, SqsEventSource source) {
    this.sqs = sqs;
    this.source = source;
  }

  static WorkerRole start(Environment environment, Clock clock, Log log) {
    SqsClient sqs = new AwsClients(environment).sqs(QUEUE_ANSWERS_WITHIN);
    return new WorkerRole(
        sqs,
        SqsEventSource.start(
            sqs,
            environment.require("OM_USAGE_QUEUE_URL"),
            function(environment, clock, log),
            SETTINGS,
            clock,
            log));
  }

  private static WorkerFunction function(Environment environment, Clock clock, Log log) {
    Booking booking =
        new Booking(
            new AwsClients(environment).dynamoDb(STORE_ANSWERS_WITHIN),
            environment.require("OM_USAGE_TABLE"),
            UsageLayout.of(environment),
            new Random());
    return new WorkerFunction(new Ledger(booking), PriceBook.of(environment)::price, clock, log);
  }

  /** Finishes what it has in hand. */
  @Override
  public void close() {
    source.close();
    sqs.close();
  }
}
