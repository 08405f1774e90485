package io.openmonetize.worker;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.lambda.MalformedPayloadException;
import io.openmonetize.lambda.SqsBatch;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.SettledCalls;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.TransactionBodies;
import io.openmonetize.storage.UsageLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The handler behind the usage queue. Reports by message what was not booked ({@code
 * ReportBatchItemFailures}); the queue brings those again, and after its number of tries moves them
 * to the dead letters.
 */
public final class WorkerFunction implements PayloadHandler {
  private static final Duration STORE_ANSWERS_WITHIN = Duration.ofSeconds(3);
  private static final Duration QUEUE_ANSWERS_WITHIN = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final Intents intents;
  private final GivenUp givenUp;
  private final Pricing pricing;
  private final Clock clock;
  private final Log log;

  public WorkerFunction(
      Ledger ledger, Intents intents, GivenUp givenUp, Pricing pricing, Clock clock, Log log) {
    this.ledger = ledger;
    this.intents = intents;
    this.givenUp = givenUp;
    this.pricing = pricing;
    this.clock = clock;
    this.log = log;
  }

  /**
   * @param environment {@code OM_USAGE_TABLE} names the table, {@code OM_USAGE_QUEUE_URL} the queue
   *     for intents that come too early, {@code OM_PRICE_OVERRIDES} a file of the operator's own
   *     prices, if any, {@code OM_EVENT_RETENTION_DAYS} for how long events are kept, if not for
   *     ever
   */
  public WorkerFunction(Environment environment, Clock clock, Log log) {
    AwsClients clients = new AwsClients(environment);
    DynamoDbClient dynamoDb = clients.dynamoDb(STORE_ANSWERS_WITHIN);
    String table = environment.require("OM_USAGE_TABLE");
    SqsClient sqs = clients.sqs(QUEUE_ANSWERS_WITHIN);
    String queueUrl = environment.require("OM_USAGE_QUEUE_URL");
    UsageQueue queue = new UsageQueue(sqs, queueUrl, log);
    Pricing priceBook = PriceBook.of(environment)::price;
    Booking booking =
        new Booking(
            clients.dynamoDbOnce(STORE_ANSWERS_WITHIN, new TransactionBodies()),
            table,
            UsageLayout.of(environment),
            priceBook,
            IntentDelay.of(environment),
            Retention.of(environment),
            new Random());
    this(
        new Ledger(booking),
        new Intents(new SettledCalls(dynamoDb, table)::lists, queue::send),
        new DeadLetterKeeper(sqs, queueUrl, log),
        priceBook,
        clock,
        log);
  }

  @Override
  public byte[] answer(Invocation invocation) throws MalformedPayloadException {
    SqsBatch batch = SqsBatch.read(invocation.event());
    return SqsBatch.failures(book(batch, TimeLeft.until(invocation.deadline(), clock)));
  }

  /** Books a batch, and names the messages that shall come again. */
  Set<String> book(SqsBatch batch, TimeLeft timeLeft) {
    Instant now = clock.instant();
    List<SqsBatch.Message> messages = new ArrayList<>();
    List<StoredEvent> events = new ArrayList<>();
    Set<String> failed = new LinkedHashSet<>();
    for (SqsBatch.Message message : batch.messages()) {
      try {
        StoredEvent stored = toBook(QueueMessageJson.read(message.body()), now, timeLeft);
        if (stored != null) {
          events.add(stored);
          messages.add(message);
        }
      } catch (MalformedEventException e) {
        log.error("message.unreadable", "message_id", message.id(), "reason", e.getMessage());
        giveUp(message, String.valueOf(e.getMessage()), true, failed);
      } catch (RuntimeException e) {
        log.error("message.not_handled", "message_id", message.id(), "cause", e);
        giveUp(message, e.getClass().getName(), false, failed);
      }
    }
    List<Outcome> outcomes = ledger.recordOnce(events, timeLeft);
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Outcome.NotRecorded(String cause) -> giveUp(messages.get(i), cause, false, failed);
        case Outcome.Expired() -> giveUp(messages.get(i), "OlderThanRetention", true, failed);
        case Outcome.Recorded(),
            Outcome.Improved(),
            Outcome.Duplicate(),
            Outcome.Superseded(),
            Outcome.Conflict() -> {}
      }
    }
    BatchReport.write(log, events, outcomes, failed.size());
    return failed;
  }

  private void giveUp(
      SqsBatch.Message message, String cause, boolean hopeless, Set<String> failed) {
    if (!givenUp.keep(message, cause, hopeless)) {
      failed.add(message.id());
    }
  }

  /** Null when the message is dealt with. */
  private @Nullable StoredEvent toBook(QueueMessage message, Instant now, TimeLeft timeLeft)
      throws MalformedEventException {
    return switch (message) {
      case QueueMessage.Event(UsageEvent event) -> priced(event, now);
      case QueueMessage.Intent intent ->
          intents.stillOpen(intent, now) ? priced(intent.call().unaccounted(), now) : null;
      case QueueMessage.Withdrawal(String customerId, String requestId) -> {
        EventKey call = LedgerEntry.keyOfCall(customerId, requestId);
        if (ledger.withdraw(call, now, timeLeft) instanceof Outcome.NotRecorded(String cause)) {
          throw new NotWithdrawnException(cause);
        }
        yield null;
      }
    };
  }

  private StoredEvent priced(UsageEvent event, Instant now) throws MalformedEventException {
    StoredEvent stored = new StoredEvent(event, pricing.price(event), now);
    Limits.check(stored);
    return stored;
  }

  /** The store did not take a withdrawal. */
  private static final class NotWithdrawnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotWithdrawnException(String cause) {
      super(cause);
    }
  }
}
