package io.openmonetize.worker;

import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.Source;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.Comparison;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.Knowledge;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Books events and moves their sums, a list of new events in one DynamoDB transaction. What meets
 * something under its key that it may replace is booked alone, since it needs more actions.
 *
 * <p>A settlement whose answer has an id lies under that id, and the call's intent, which comes due
 * later, finds it by the customer's feed. One that comes so late that the feed may not list it yet
 * when the intent is due leaves a mark under the call's own id in the same transaction, which is
 * where the intent would book the call as unaccounted: so one of the two sees the other. So does
 * one whose answer is booked under another call, or was reported by an SDK first.
 */
public final class Booking {
  private final Committer committer;
  private final String table;
  private final UsageLayout layout;
  private final Pricing pricing;
  private final IntentDelay intents;
  private final Retention retention;
  private final RandomGenerator random;

  /**
   * @param dynamoDb that tries once itself; the pauses between tries are made here
   * @param pricing for events that are made of two reports
   * @param random must be safe for use by many threads
   */
  public Booking(
      DynamoDbClient dynamoDb,
      String usageTable,
      UsageLayout layout,
      Pricing pricing,
      IntentDelay intents,
      Retention retention,
      RandomGenerator random) {
    this.committer = new Committer(dynamoDb);
    this.table = usageTable;
    this.layout = layout;
    this.pricing = pricing;
    this.intents = intents;
    this.retention = retention;
    this.random = random;
  }

  /** Puts an outcome for each of the events, which must fit one transaction and differ in key. */
  void book(List<StoredEvent> events, TimeLeft timeLeft, Map<EventKey, Outcome> outcomes) {
    List<StoredEvent> left = kept(events, outcomes);
    Map<EventKey, Optional<LedgerEntry>> known = new HashMap<>();
    List<StoredEvent> apart = new ArrayList<>();
    Tries tries = new Tries(timeLeft, random);
    while (!left.isEmpty()) {
      Duration time = tries.next();
      if (time.isZero()) {
        giveUp(left, tries.cause(), outcomes);
        break;
      }
      switch (committer.attempt(newEvents(left), time)) {
        case Committer.Result.Done() -> {
          putAll(left, new Outcome.Recorded(), outcomes);
          left = List.of();
        }
        case Committer.Result.Otherwise(var there) -> {
          known.putAll(there);
          List<StoredEvent> free = new ArrayList<>();
          for (StoredEvent stored : left) {
            boolean met =
                there.containsKey(key(stored)) || there.containsKey(callOf(stored.event()));
            (met ? apart : free).add(stored);
          }
          left = free;
        }
        case Committer.Result.Busy(String code) -> tries.pause(code);
        case Committer.Result.Refused(String code) -> {
          halve(left, code, timeLeft, outcomes);
          left = List.of();
        }
        case Committer.Result.Hopeless(String code) -> {
          giveUp(left, code, outcomes);
          left = List.of();
        }
      }
    }
    for (StoredEvent stored : apart) {
      outcomes.put(key(stored), bookAlone(stored, known, timeLeft));
    }
  }

  /** Says of a call that it needs no event: it never reached its provider. */
  Outcome withdraw(EventKey call, Instant now, TimeLeft timeLeft) {
    return carryOut(
        Map.of(),
        known -> {
          LedgerChange change = change();
          markSettled(change, call, known, now);
          return new Plan(change, new Outcome.Recorded());
        },
        timeLeft);
  }

  /** Those that are not too old; the others have their outcome. */
  private List<StoredEvent> kept(List<StoredEvent> events, Map<EventKey, Outcome> outcomes) {
    List<StoredEvent> kept = new ArrayList<>();
    for (StoredEvent stored : events) {
      if (retention.covers(stored.event().timestamp(), stored.receivedAt())) {
        kept.add(stored);
      } else {
        outcomes.put(key(stored), new Outcome.Expired());
      }
    }
    return kept;
  }

  static void giveUp(List<StoredEvent> events, String cause, Map<EventKey, Outcome> outcomes) {
    putAll(events, new Outcome.NotRecorded(cause), outcomes);
  }

  /** How many actions on events a new event takes; those on sums come to it. */
  int actionsOf(StoredEvent stored) {
    return leavesMark(stored) ? 2 : 1;
  }

  /** Finds the one that the store will not take by halving, so that the others are not held up. */
  private void halve(
      List<StoredEvent> events, String code, TimeLeft timeLeft, Map<EventKey, Outcome> outcomes) {
    if (events.size() == 1) {
      giveUp(events, code, outcomes);
      return;
    }
    int half = events.size() / 2;
    book(events.subList(0, half), timeLeft, outcomes);
    book(events.subList(half, events.size()), timeLeft, outcomes);
  }

  private LedgerChange newEvents(List<StoredEvent> events) {
    LedgerChange change = change();
    for (StoredEvent stored : events) {
      change.put(stored);
      EventKey call = callOf(stored.event());
      if (call != null && leavesMark(stored)) {
        change.mark(call, stored.receivedAt());
      }
    }
    return change;
  }

  /** Another shard at each try: whoever was in the way may still be there. */
  private LedgerChange change() {
    return new LedgerChange(table, layout, random.nextInt(layout.rollupShards()), retention);
  }

  private Outcome bookAlone(
      StoredEvent report, Map<EventKey, Optional<LedgerEntry>> known, TimeLeft timeLeft) {
    return carryOut(known, now -> plan(report, now), timeLeft);
  }

  /**
   * @param outcome when the change is carried out, or empty
   */
  private record Plan(LedgerChange change, Outcome outcome) {}

  private interface Planner {
    Plan plan(Map<EventKey, Optional<LedgerEntry>> known);
  }

  /** Plans anew with whatever a try finds, until a plan is carried out or there is none to do. */
  private Outcome carryOut(
      Map<EventKey, Optional<LedgerEntry>> before, Planner planner, TimeLeft timeLeft) {
    Map<EventKey, Optional<LedgerEntry>> known = new HashMap<>(before);
    Tries tries = new Tries(timeLeft, random);
    while (true) {
      Plan plan = planner.plan(known);
      if (plan.change.isEmpty()) {
        return plan.outcome;
      }
      Duration time = tries.next();
      if (time.isZero()) {
        return new Outcome.NotRecorded(tries.cause());
      }
      switch (committer.attempt(plan.change, time)) {
        case Committer.Result.Done() -> {
          return plan.outcome;
        }
        case Committer.Result.Otherwise(var there) -> known.putAll(there);
        case Committer.Result.Busy(String code) -> tries.pause(code);
        case Committer.Result.Refused(String code) -> {
          return new Outcome.NotRecorded(code);
        }
        case Committer.Result.Hopeless(String code) -> {
          return new Outcome.NotRecorded(code);
        }
      }
    }
  }

  private Plan plan(StoredEvent report, Map<EventKey, Optional<LedgerEntry>> known) {
    LedgerChange change = change();
    LedgerEntry there = entry(key(report), known);
    Outcome outcome =
        switch (there) {
          case null -> {
            change.put(report);
            yield new Outcome.Recorded();
          }
          case LedgerEntry.Mark _ -> new Outcome.Superseded();
          case LedgerEntry.Event event -> beside(event, report, change);
        };
    EventKey call = callOf(report.event());
    boolean whereNoIntentLooks =
        there instanceof LedgerEntry.Event(StoredEvent booked, _, _, _)
            && !(booked.event().eventId().equals(report.event().eventId())
                && booked.event().timestamp().equals(report.event().timestamp()));
    if (call != null && (whereNoIntentLooks || leavesMark(report))) {
      markSettled(change, call, known, report.receivedAt());
    }
    return new Plan(change, outcome);
  }

  private Outcome beside(LedgerEntry.Event there, StoredEvent report, LedgerChange change) {
    return switch (Comparison.of(there, report.event())) {
      case Comparison.Same() -> new Outcome.Duplicate();
      case Comparison.Less() -> new Outcome.Superseded();
      case Comparison.Contradiction() -> new Outcome.Conflict();
      case Comparison.More(UsageEvent better) -> {
        change.replace(there, new StoredEvent(better, pricing.price(better), report.receivedAt()));
        yield new Outcome.Improved();
      }
    };
  }

  private static void markSettled(
      LedgerChange change, EventKey call, Map<EventKey, Optional<LedgerEntry>> known, Instant now) {
    switch (entry(call, known)) {
      case null -> change.mark(call, now);
      case LedgerEntry.Mark _ -> {}
      case LedgerEntry.Event event -> {
        if (Knowledge.of(event.stored().event()) == Knowledge.UNACCOUNTED) {
          change.replaceByMark(event, now);
        }
      }
    }
  }

  /** Null for what is absent, or of which nothing is known yet. */
  private static @Nullable LedgerEntry entry(
      EventKey key, Map<EventKey, Optional<LedgerEntry>> known) {
    return known.getOrDefault(key, Optional.empty()).orElse(null);
  }

  /** The key under which the call's intent would book it, where the event has another one. */
  private static @Nullable EventKey callOf(UsageEvent event) {
    return event.source() == Source.PROXY && event.identity() instanceof EventIdentity.ByResponse
        ? LedgerEntry.keyOfCall(event.attribution().customerId(), event.eventId())
        : null;
  }

  private boolean leavesMark(StoredEvent stored) {
    return callOf(stored.event()) != null
        && intents.mayMeet(stored.event().timestamp(), stored.receivedAt());
  }

  private static void putAll(
      List<StoredEvent> events, Outcome outcome, Map<EventKey, Outcome> outcomes) {
    for (StoredEvent stored : events) {
      outcomes.put(key(stored), outcome);
    }
  }

  private static EventKey key(StoredEvent stored) {
    return EventKey.of(stored.event());
  }
}
