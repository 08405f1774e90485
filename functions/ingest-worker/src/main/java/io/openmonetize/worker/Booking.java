package io.openmonetize.worker;

import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Books one list of events and their sums in one DynamoDB transaction, and again without those that
 * turn out to be booked, until nothing is left or the time is up.
 *
 * <p>A lost answer does no harm: each event's condition guards the whole transaction, so when it
 * was carried out after all, the next try finds the events there and adds nothing. That is why no
 * client request token is set. It would do the same for ten minutes only, and a batch that is
 * folded anew would need a new one.
 */
public final class Booking {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** No try begins with less time than this; what is left then serves to answer. */
  private static final Duration LEAST_TIME = Duration.ofMillis(500);

  /** The SDK's own tries would pause longer, and come back to the same shard. */
  private static final SdkPlugin TRY_ONCE =
      client ->
          client.overrideConfiguration(
              client.overrideConfiguration().toBuilder()
                  .retryStrategy(DefaultRetryStrategy.doNotRetry())
                  .build());

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;
  private final RandomGenerator random;

  /**
   * @param random must be safe for use by many threads
   */
  public Booking(
      DynamoDbClient dynamoDb, String usageTable, UsageLayout layout, RandomGenerator random) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
    this.random = random;
  }

  /** Puts an outcome for each of the events, which must fit one transaction and differ in key. */
  void book(List<StoredEvent> events, TimeLeft timeLeft, Map<EventKey, Outcome> outcomes) {
    List<StoredEvent> left = events;
    String cause = "OutOfTime";
    for (int failures = 0; !left.isEmpty(); ) {
      Duration time = timeLeft.get().minus(LEAST_TIME);
      if (time.isNegative() || time.isZero()) {
        giveUp(left, cause, outcomes);
        return;
      }
      switch (attempt(left, time)) {
        case Attempt.Done() -> {
          putAll(left, new Outcome.Recorded(), outcomes);
          return;
        }
        case Attempt.SomeThere(Map<EventKey, Outcome> there) -> {
          outcomes.putAll(there);
          left = left.stream().filter(stored -> !there.containsKey(key(stored))).toList();
        }
        case Attempt.Busy(String code) -> {
          cause = code;
          pause(failures++, time);
        }
        case Attempt.Refused(String code) -> {
          bookApart(left, code, timeLeft, outcomes);
          return;
        }
        case Attempt.Hopeless(String code) -> {
          giveUp(left, code, outcomes);
          return;
        }
      }
    }
  }

  static void giveUp(List<StoredEvent> events, String cause, Map<EventKey, Outcome> outcomes) {
    putAll(events, new Outcome.NotRecorded(cause), outcomes);
  }

  /** Finds the one that the store will not take by halving, so that the others are not held up. */
  private void bookApart(
      List<StoredEvent> events, String code, TimeLeft timeLeft, Map<EventKey, Outcome> outcomes) {
    if (events.size() == 1) {
      giveUp(events, code, outcomes);
      return;
    }
    int half = events.size() / 2;
    book(events.subList(0, half), timeLeft, outcomes);
    book(events.subList(half, events.size()), timeLeft, outcomes);
  }

  /** What came of one call. */
  private sealed interface Attempt {
    record Done() implements Attempt {}

    record SomeThere(Map<EventKey, Outcome> outcomes) implements Attempt {}

    /** Another try may succeed, or this one did and its answer was lost. */
    record Busy(String code) implements Attempt {}

    /** The store will not take one of the events. */
    record Refused(String code) implements Attempt {}

    /** The store will take nothing from us: no right, no table. */
    record Hopeless(String code) implements Attempt {}
  }

  private Attempt attempt(List<StoredEvent> events, Duration time) {
    // Another shard at each try: whoever was in the way may still be there.
    int shard = random.nextInt(layout.rollupShards());
    List<TransactWriteItem> actions = Transaction.actions(events, table, layout, shard);
    try {
      dynamoDb.transactWriteItems(
          t ->
              t.transactItems(actions)
                  .overrideConfiguration(c -> c.apiCallTimeout(time).addPlugin(TRY_ONCE)));
      return new Attempt.Done();
    } catch (TransactionCanceledException e) {
      return cancelled(events, e.cancellationReasons());
    } catch (AwsServiceException e) {
      return failed(e);
    } catch (SdkException e) {
      return new Attempt.Busy(e.getClass().getSimpleName());
    }
  }

  private static Attempt cancelled(List<StoredEvent> events, List<CancellationReason> reasons) {
    Map<EventKey, Outcome> there = new HashMap<>();
    String refusal = null;
    String obstacle = "TransactionCanceled";
    for (int i = 0; i < reasons.size(); i++) {
      CancellationReason reason = reasons.get(i);
      switch (reason.code() == null ? "None" : reason.code()) {
        case "None" -> {}
        case "ConditionalCheckFailed" ->
            there.put(key(events.get(i)), beside(reason, events.get(i)));
        case "ValidationError", "ItemCollectionSizeLimitExceeded" -> refusal = reason.code();
        default -> obstacle = reason.code();
      }
    }
    if (!there.isEmpty()) {
      return new Attempt.SomeThere(there);
    }
    return refusal != null ? new Attempt.Refused(refusal) : new Attempt.Busy(obstacle);
  }

  private static Outcome beside(CancellationReason reason, StoredEvent stored) {
    return EventItem.saysTheSame(reason.item(), stored.event())
        ? new Outcome.Duplicate()
        : new Outcome.Conflict();
  }

  private static Attempt failed(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    if (code == null || e.statusCode() >= 500 || e.isThrottlingException()) {
      return new Attempt.Busy(code == null ? e.getClass().getSimpleName() : code);
    }
    return switch (code) {
      case "TransactionInProgressException", "TransactionConflictException" ->
          new Attempt.Busy(code);
      case "ValidationException" -> new Attempt.Refused(code);
      default -> new Attempt.Hopeless(code);
    };
  }

  /** Any time up to a bound that doubles, so that those who met do not meet again. */
  private void pause(int failures, Duration timeLeft) {
    long bound = FIRST_PAUSE.toMillis() << Math.min(failures, 10);
    bound = Math.min(bound, Math.min(LONGEST_PAUSE.toMillis(), timeLeft.toMillis()));
    try {
      Thread.sleep(random.nextLong(bound + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to try again", e);
    }
  }

  private static void putAll(
      List<StoredEvent> events, Outcome outcome, Map<EventKey, Outcome> outcomes) {
    for (StoredEvent stored : events) {
      outcomes.put(key(stored), outcome);
    }
  }

  private static EventKey key(StoredEvent stored) {
    return new EventKey(stored.event().attribution().customerId(), stored.event().identity());
  }
}
