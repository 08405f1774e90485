package io.openmonetize.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The handler behind the usage queue. Reports by message what was not booked ({@code
 * ReportBatchItemFailures}); the queue brings those again, and after its number of tries moves them
 * to the dead letters.
 */
public final class WorkerFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(3);

  private final Ledger ledger;
  private final Pricing pricing;
  private final Clock clock;
  private final Log log;

  public WorkerFunction(Ledger ledger, Pricing pricing, Clock clock, Log log) {
    this.ledger = ledger;
    this.pricing = pricing;
    this.clock = clock;
    this.log = log;
  }

  /**
   * As Lambda makes it: {@code OM_USAGE_TABLE} names the table, {@code OM_PRICE_OVERRIDES} a file
   * of the operator's own prices, if any.
   */
  public WorkerFunction() {
    this(new Environment(System.getenv()));
  }

  private WorkerFunction(Environment environment) {
    this(
        new Ledger(
            new Booking(
                new AwsClients(environment).dynamoDb(STORE_ANSWERS_WITHIN),
                environment.require("OM_USAGE_TABLE"),
                UsageLayout.of(environment),
                new Random())),
        PriceBook.of(environment)::price,
        Clock.systemUTC(),
        Log.to(System.err, Log.Level.of(environment.get("LOG_LEVEL", "INFO"))));
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent batch, Context context) {
    Instant now = clock.instant();
    List<String> ids = new ArrayList<>();
    List<StoredEvent> events = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      try {
        events.add(read(message.getBody(), now));
        ids.add(message.getMessageId());
      } catch (MalformedEventException e) {
        unreadable(message, "reason", String.valueOf(e.getMessage()));
        failed.add(message.getMessageId());
      } catch (RuntimeException e) {
        unreadable(message, "cause", e);
        failed.add(message.getMessageId());
      }
    }
    TimeLeft timeLeft = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
    List<Outcome> outcomes = ledger.recordOnce(events, timeLeft);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.NotRecorded) {
        failed.add(ids.get(i));
      }
    }
    report(events, outcomes, failed.size());
    return new SQSBatchResponse(
        failed.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }

  private StoredEvent read(String body, Instant now) throws MalformedEventException {
    UsageEvent event = UsageEventJson.read(body);
    StoredEvent stored = new StoredEvent(event, pricing.price(event), now);
    Limits.check(stored);
    return stored;
  }

  private void unreadable(SQSEvent.SQSMessage message, String name, Object why) {
    log.error("message.unreadable", "message_id", message.getMessageId(), name, why);
  }

  private void report(List<StoredEvent> events, List<Outcome> outcomes, int failed) {
    int recorded = 0;
    int duplicates = 0;
    int conflicts = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      UsageEvent event = events.get(i).event();
      switch (outcomes.get(i)) {
        case Outcome.Recorded() -> recorded++;
        case Outcome.Duplicate() -> duplicates++;
        case Outcome.Conflict() -> {
          conflicts++;
          log.warn(
              "event.conflict",
              "event_id",
              event.eventId(),
              "customer_id",
              event.attribution().customerId());
        }
        case Outcome.NotRecorded(String cause) ->
            log.error(
                "event.not_recorded",
                "event_id",
                event.eventId(),
                "customer_id",
                event.attribution().customerId(),
                "cause",
                cause);
      }
    }
    log.info(
        "batch.booked",
        "recorded",
        recorded,
        "duplicates",
        duplicates,
        "conflicts",
        conflicts,
        "failed",
        failed);
  }
}
