package io.openmonetize.worker;

import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.EventWalk;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.ReratingRun;
import io.openmonetize.storage.ReratingRuns;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Prices recorded events by another book, as corrections: an event whose cost differs is replaced
 * by itself with the other cost, its sums move in the same transaction, and what was there stays
 * under its key. It may be killed anywhere and run again, run beside booking and beside itself; the
 * ledger's law holds after every transaction. Safe for use by many threads.
 */
public final class Rerating {
  /** No provider sold tokens before. */
  public static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  /** How many corrections are held before they are carried out, which bounds the memory. */
  private static final int HELD_AT_MOST = 500;

  private static final int TRANSACTIONS_AT_ONCE = 5;

  /** With less time than this no further event is looked at. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(2);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;
  private final PriceBook book;
  private final Clock clock;
  private final RandomGenerator random;
  private final EventWalk walk;
  private final ReratingRuns runs;

  /**
   * @param random must be safe for use by many threads
   */
  public Rerating(
      DynamoDbClient dynamoDb,
      String usageTable,
      UsageLayout layout,
      PriceBook book,
      Clock clock,
      RandomGenerator random) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
    this.book = book;
    this.clock = clock;
    this.random = random;
    this.walk = new EventWalk(dynamoDb, usageTable, layout);
    this.runs = new ReratingRuns(dynamoDb, usageTable);
  }

  /** Corrects what differs, and lists the run. */
  public ReratingReport run(ReratingScope scope, TimeLeft timeLeft) {
    ReratingRun run = start(scope);
    ReratingTally tally = new ReratingTally();
    boolean whole = pass(scope, tally, timeLeft);
    end(run, tally, whole);
    return tally.report(run.id(), whole);
  }

  /** What {@link #run} would say; changes nothing. */
  public ReratingReport preview(ReratingScope scope, TimeLeft timeLeft) {
    ReratingTally tally = new ReratingTally();
    Corrections corrections = corrections(scope);
    boolean whole =
        walk.walk(
            scope,
            event -> {
              corrections
                  .due(event)
                  .filter(due -> !due.keepsCost())
                  .ifPresentOrElse(
                      due -> tally.corrected(event.stored(), due.cost()),
                      () -> tally.kept(event.stored()));
              return hasTime(timeLeft);
            });
    return tally.report(null, whole);
  }

  ReratingRun start(ReratingScope scope) {
    return runs.start(scope, book.version(), clock.instant(), random);
  }

  void end(ReratingRun run, ReratingTally tally, boolean whole) {
    runs.end(run.ended(whole ? clock.instant() : null, tally.totals()));
  }

  /**
   * Corrects what differs.
   *
   * @return whether it came to the end; what it did until then is done
   */
  boolean pass(ReratingScope scope, ReratingTally tally, TimeLeft timeLeft) {
    return pass(scope, corrections(scope), tally, tally::gaveUp, timeLeft);
  }

  /**
   * Moves all events that an earlier version booked to where events are counted now, which changes
   * nothing that they say.
   *
   * @return whether it came to the end
   */
  boolean moveOver(MoveTally tally, TimeLeft timeLeft) {
    // Reporters' clocks may be ahead of ours.
    Instant to = clock.instant().plus(Duration.ofDays(2));
    return pass(
        new ReratingScope(EARLIEST, to, null, false),
        new Corrections(dynamoDb, table, layout, StoredEvent::cost, clock, random),
        tally,
        tally::gaveUp,
        timeLeft);
  }

  private boolean pass(
      ReratingScope scope,
      Corrections corrections,
      Corrections.Listener listener,
      BooleanSupplier gaveUp,
      TimeLeft timeLeft) {
    List<Corrections.Correction> held = new ArrayList<>();
    boolean whole =
        walk.walk(
            scope,
            event -> {
              corrections
                  .due(event)
                  .ifPresentOrElse(held::add, () -> listener.kept(event.stored()));
              if (held.size() == HELD_AT_MOST) {
                carryOut(corrections, held, listener, timeLeft);
                held.clear();
              }
              return hasTime(timeLeft) && !gaveUp.getAsBoolean();
            });
    carryOut(corrections, held, listener, timeLeft);
    return whole && !gaveUp.getAsBoolean();
  }

  private Corrections corrections(ReratingScope scope) {
    return new Corrections(
        dynamoDb,
        table,
        layout,
        Corrections.costs(book::price, scope.onlyUnpriced()),
        clock,
        random);
  }

  private static boolean hasTime(TimeLeft timeLeft) {
    return timeLeft.get().compareTo(LEAST_TIME) > 0;
  }

  /** Those that share most sums go together: a customer's, of one shard. */
  private record Neighbours(String customerId, int rollupShard) {}

  private static void carryOut(
      Corrections corrections,
      List<Corrections.Correction> held,
      Corrections.Listener listener,
      TimeLeft timeLeft) {
    Map<Neighbours, List<Corrections.Correction>> groups = new LinkedHashMap<>();
    for (Corrections.Correction correction : held) {
      LedgerEntry.Event there = correction.there();
      Neighbours neighbours =
          new Neighbours(there.stored().event().attribution().customerId(), there.rollupShard());
      groups.computeIfAbsent(neighbours, n -> new ArrayList<>()).add(correction);
    }
    Semaphore places = new Semaphore(TRANSACTIONS_AT_ONCE);
    List<Future<?>> transactions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Corrections.Correction> group : groups.values()) {
        for (List<Corrections.Correction> together : Corrections.cut(group)) {
          transactions.add(
              threads.submit(
                  () -> {
                    places.acquireUninterruptibly();
                    try {
                      corrections.carryOut(together, timeLeft, listener);
                    } finally {
                      places.release();
                    }
                  }));
        }
      }
    }
    transactions.forEach(Rerating::rethrow);
  }

  private static void rethrow(Future<?> transaction) {
    if (transaction.state() == Future.State.FAILED) {
      switch (transaction.exceptionNow()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException("a correction failed", e);
      }
    }
  }
}
