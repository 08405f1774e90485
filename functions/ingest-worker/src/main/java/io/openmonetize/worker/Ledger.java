package io.openmonetize.worker;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.Knowledge;
import io.openmonetize.storage.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Books events, each once, whatever comes in whatever order and how often. Safe for use by many
 * threads and processes at the same time.
 *
 * <p>The law that holds after every transaction: each sum equals the sum of the events that it
 * counts.
 */
public final class Ledger {
  /** As many idle connections as the JDK's HTTP client keeps; more would open one each time. */
  private static final int TRANSACTIONS_AT_ONCE = 5;

  private final Booking booking;

  public Ledger(Booking booking) {
    this.booking = booking;
  }

  /**
   * Books each event that is not in the ledger yet.
   *
   * @return an outcome for each event, in their order
   */
  public List<Outcome> recordOnce(List<StoredEvent> events, TimeLeft timeLeft) {
    Outcome[] outcomes = new Outcome[events.size()];
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      waiting.add(i);
    }
    while (!waiting.isEmpty()) {
      Round round = Round.of(events, waiting);
      Map<EventKey, Outcome> booked = book(round.first(events), timeLeft);
      for (int index : waiting) {
        EventKey key = EventKey.of(events.get(index).event());
        if (!round.later().contains(index)) {
          outcomes[index] = ofReport(index, round.firstOf(key), booked.get(key));
        }
      }
      waiting = round.later();
    }
    return List.of(outcomes);
  }

  /** Says of a call that it needs no event: it never reached its provider. */
  public Outcome withdraw(EventKey call, Instant now, TimeLeft timeLeft) {
    return booking.withdraw(call, now, timeLeft);
  }

  /** A repetition of the round's report shares its fate, and is never the one that was recorded. */
  private static Outcome ofReport(int index, int first, Outcome outcome) {
    boolean stored = outcome instanceof Outcome.Recorded || outcome instanceof Outcome.Improved;
    return index != first && stored ? new Outcome.Duplicate() : outcome;
  }

  private Map<EventKey, Outcome> book(List<StoredEvent> events, TimeLeft timeLeft) {
    Map<EventKey, Outcome> outcomes = new ConcurrentHashMap<>();
    Semaphore places = new Semaphore(TRANSACTIONS_AT_ONCE);
    List<Future<?>> bookings = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<StoredEvent> together : Transactions.cut(events, booking::actionsOf)) {
        bookings.add(threads.submit(() -> book(together, timeLeft, outcomes, places)));
      }
    }
    bookings.forEach(Ledger::rethrowError);
    return outcomes;
  }

  private void book(
      List<StoredEvent> together,
      TimeLeft timeLeft,
      Map<EventKey, Outcome> outcomes,
      Semaphore places) {
    places.acquireUninterruptibly();
    try {
      booking.book(together, timeLeft, outcomes);
    } catch (RuntimeException e) {
      Booking.giveUp(together, e.getClass().getName(), outcomes);
    } finally {
      places.release();
    }
  }

  private static void rethrowError(Future<?> booking) {
    if (booking.state() == Future.State.FAILED && booking.exceptionNow() instanceof Error error) {
      throw error;
    }
  }

  /**
   * The reports that may go to the store together: for each identity the first, and with it those
   * that say the same. What says something else waits for the next round, where the store itself
   * tells what is booked by then.
   *
   * @param firsts the index of each identity's first report
   * @param later the indexes of those that wait
   */
  private record Round(Map<EventKey, Integer> firsts, List<Integer> later) {
    static Round of(List<StoredEvent> events, List<Integer> waiting) {
      Map<EventKey, Integer> firsts = new LinkedHashMap<>();
      List<Integer> later = new ArrayList<>();
      for (int index : waiting) {
        UsageEvent event = events.get(index).event();
        Integer first = firsts.putIfAbsent(EventKey.of(event), index);
        if (first != null && !isRepetition(event, events.get(first).event())) {
          later.add(index);
        }
      }
      return new Round(firsts, later);
    }

    /**
     * One answer that two calls read is not, since each of the calls must be known as settled; nor
     * is a settlement without use beside its call's intent, which differ only in how the call went;
     * nor what the proxy and an SDK tell of one answer.
     */
    private static boolean isRepetition(UsageEvent event, UsageEvent first) {
      return EventItem.sayTheSame(event, first)
          && event.eventId().equals(first.eventId())
          && event.source() == first.source()
          && Knowledge.of(event) == Knowledge.of(first);
    }

    List<StoredEvent> first(List<StoredEvent> events) {
      return firsts.values().stream().map(events::get).toList();
    }

    int firstOf(EventKey key) {
      return firsts.get(key);
    }
  }
}
