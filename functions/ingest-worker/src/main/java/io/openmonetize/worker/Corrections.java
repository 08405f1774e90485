package io.openmonetize.worker;

import io.openmonetize.events.MalformedEventException;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Gives events another cost, and moves their sums, several events in one transaction; an event that
 * an earlier version of the ledger booked is counted where events are counted now on the way, even
 * where its cost stays. An event that somebody else changed meanwhile is priced anew as it is by
 * then, and tried alone. Safe for use by many threads and processes at the same time, beside
 * booking and beside itself.
 */
final class Corrections {
  /** What replaces an event, and what it leaves behind. */
  private static final int ACTIONS_AN_EVENT = 2;

  private final Committer committer;
  private final String table;
  private final UsageLayout layout;
  private final Function<StoredEvent, Cost> costs;
  private final Clock clock;
  private final RandomGenerator random;

  /** An event and what it should cost, which may be what it costs. */
  record Correction(LedgerEntry.Event there, Cost cost) {
    boolean keepsCost() {
      return same(there.stored().cost(), cost);
    }
  }

  /** Hears of each event once what came of it. Must be safe for use by many threads. */
  interface Listener {
    void corrected(StoredEvent was, Cost now);

    /** It costs what it should, perhaps because somebody else has corrected it. */
    void kept(StoredEvent stays);

    /** As {@link #kept}, and it was counted as an earlier version did until now. */
    void movedOver(StoredEvent stays);

    /** It should cost something else, and the store does not take that. */
    void refused(StoredEvent stays, String cause);

    /** The time is over, or the store takes nothing. */
    void givenUp(StoredEvent stays, String cause);
  }

  /**
   * @param costs what an event should cost
   * @param random must be safe for use by many threads
   */
  Corrections(
      DynamoDbClient dynamoDb,
      String usageTable,
      UsageLayout layout,
      Function<StoredEvent, Cost> costs,
      Clock clock,
      RandomGenerator random) {
    this.committer = Committer.tryingOnce(dynamoDb);
    this.table = usageTable;
    this.layout = layout;
    this.costs = costs;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param onlyUnpriced whether events that have a price keep it
   */
  static Function<StoredEvent, Cost> costs(Pricing pricing, boolean onlyUnpriced) {
    return stored ->
        onlyUnpriced && stored.cost().isPriced() ? stored.cost() : pricing.price(stored.event());
  }

  /** Empty when the event costs what it should, and is counted where it should be. */
  Optional<Correction> due(LedgerEntry.Event there) {
    Correction correction = new Correction(there, costs.apply(there.stored()));
    return correction.keepsCost() && there.isCountedAsNow()
        ? Optional.empty()
        : Optional.of(correction);
  }

  /** Lists that each probably fit one transaction. Their events must be of one customer. */
  static List<List<Correction>> cut(List<Correction> corrections) {
    return Transactions.cut(
        corrections,
        c -> c.there.stored().event(),
        // Most correct days that are closed.
        _ -> Instant.MAX,
        _ -> ACTIONS_AN_EVENT);
  }

  /** Carries them out, each once. */
  void carryOut(List<Correction> together, TimeLeft timeLeft, Listener listener) {
    Deque<List<Correction>> waiting = new ArrayDeque<>();
    waiting.push(together.stream().filter(c -> isWithinLimits(c, listener)).toList());
    Tries tries = new Tries(timeLeft, random);
    boolean perhapsDone = false;
    while (!waiting.isEmpty()) {
      List<Correction> list = waiting.pop();
      if (list.isEmpty()) {
        continue;
      }
      LedgerChange change = change(list);
      if (change.actions().size() > Transactions.ACTIONS_AT_MOST) {
        halve(list, waiting);
        continue;
      }
      Duration time = tries.next();
      if (time.isZero()) {
        list.forEach(c -> listener.givenUp(c.there.stored(), tries.cause()));
        continue;
      }
      switch (committer.attempt(change, time)) {
        case Committer.Result.Done() -> list.forEach(c -> done(c, listener));
        case Committer.Result.Otherwise(var there) ->
            lookAgain(list, there, perhapsDone, waiting, listener);
        case Committer.Result.Busy(String code) -> {
          perhapsDone = true;
          waiting.push(list);
          tries.pause(code);
        }
        case Committer.Result.Refused(String code) -> {
          if (list.size() == 1) {
            listener.refused(list.getFirst().there.stored(), code);
          } else {
            halve(list, waiting);
          }
        }
        case Committer.Result.Hopeless(String code) ->
            list.forEach(c -> listener.givenUp(c.there.stored(), code));
      }
    }
  }

  private LedgerChange change(List<Correction> list) {
    // Events keep the shard of their sums; the one that is given would be for new ones.
    LedgerChange change = new LedgerChange(table, layout, 0);
    for (Correction correction : list) {
      if (correction.keepsCost()) {
        change.moveOver(correction.there, clock.instant());
      } else {
        change.correct(correction.there, correction.cost, clock.instant());
      }
    }
    return change;
  }

  private static void done(Correction correction, Listener listener) {
    if (correction.keepsCost()) {
      listener.movedOver(correction.there.stored());
    } else {
      listener.corrected(correction.there.stored(), correction.cost);
    }
  }

  private static void halve(List<Correction> list, Deque<List<Correction>> waiting) {
    int half = list.size() / 2;
    waiting.push(list.subList(half, list.size()));
    waiting.push(list.subList(0, half));
  }

  /**
   * @param perhapsDone whether an earlier try may have been carried out unseen
   */
  private void lookAgain(
      List<Correction> list,
      Map<EventKey, Optional<LedgerEntry>> there,
      boolean perhapsDone,
      Deque<List<Correction>> waiting,
      Listener listener) {
    List<Correction> free = new ArrayList<>();
    for (Correction correction : list) {
      Optional<LedgerEntry> found = there.get(EventKey.of(correction.there.stored().event()));
      if (found == null) {
        free.add(correction);
        continue;
      }
      // Gone, or a mark now: no event is left to be priced.
      if (found.orElse(null) instanceof LedgerEntry.Event event) {
        if (perhapsDone && isDone(correction, event)) {
          listener.corrected(correction.there.stored(), correction.cost);
        } else {
          lookAgain(event, waiting, listener);
        }
      }
    }
    waiting.push(free);
  }

  private void lookAgain(
      LedgerEntry.Event event, Deque<List<Correction>> waiting, Listener listener) {
    @Nullable Correction again = due(event).orElse(null);
    if (again == null) {
      listener.kept(event.stored());
    } else if (isWithinLimits(again, listener)) {
      waiting.push(List.of(again));
    }
  }

  private static boolean isDone(Correction correction, LedgerEntry.Event event) {
    return event.revision() == correction.there.revision() + 1
        && event.stored().cost().priceBook().equals(correction.cost.priceBook())
        && same(event.stored().cost(), correction.cost);
  }

  private static boolean isWithinLimits(Correction correction, Listener listener) {
    StoredEvent was = correction.there.stored();
    try {
      Limits.check(new StoredEvent(was.event(), correction.cost, was.receivedAt()));
      return true;
    } catch (MalformedEventException e) {
      listener.refused(was, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static boolean same(Cost one, Cost other) {
    return one.getClass() == other.getClass() && one.knownUsd().compareTo(other.knownUsd()) == 0;
  }
}
