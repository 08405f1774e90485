package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.EventHistory;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LateChanges;
import io.openmonetize.storage.LedgerVerification;
import io.openmonetize.storage.MoveState;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.RollupScope;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in which an earlier version has booked, which knew fewer sums. */
class MovingOverTest extends StoreTest {
  private static final Instant BOOKED = Instant.parse("2026-07-01T18:00:00Z");
  private static final Clock LATER =
      Clock.fixed(Instant.parse("2026-08-01T09:00:00Z"), ZoneOffset.UTC);
  private static final TimeLeft PLENTY = () -> Duration.ofMinutes(2);
  private static final Instant MONDAY = Instant.parse("2026-06-29T00:00:00Z");
  private static final ReratingScope ALL =
      new ReratingScope(Rerating.EARLIEST, Instant.parse("2027-01-01T00:00:00Z"), null, false);

  @TempDir Path folder;

  private final PriceBook bundled = PriceBook.bundled();

  @AfterEach
  void verify() {
    assertThat(LedgerVerification.run(direct, table, null, Instant.MIN, Instant.MAX).drifts())
        .isEmpty();
    direct
        .scanPaginator(s -> s.tableName(table))
        .items()
        .forEach(
            item ->
                item.forEach((name, value) -> assertThat(value.n() + item).doesNotStartWith("-")));
  }

  @Test
  void verify_eventsOfBothVersions_findsNoDrift() {
    bookAsBefore("a", "b");
    book(PricedCalls.of(PricedCalls.KNOWN).event("c"));

    assertThat(LedgerVerification.run(direct, table, null, Instant.MIN, Instant.MAX).events())
        .isEqualTo(3);
  }

  @Test
  void rerate_eventOfTheEarlierVersion_isCountedWhereEventsAreCountedNow() {
    bookAsBefore("a", "b");

    rerating(Books.with(folder, PricedCalls.KNOWN, "7")).run(ALL, PLENTY);

    assertThat(LedgerAudit.check(direct, table))
        .extracting(stored -> stored.cost().knownUsd().toPlainString())
        .containsExactly("7", "7");
  }

  @Test
  void rerate_sameCost_movesTheEventAndCorrectsNothing() {
    bookAsBefore("a");

    ReratingReport report = rerating(bundled).run(ALL, PLENTY);

    assertThat(report.totals().events()).isEqualTo(1);
    assertThat(report.totals().corrected()).isZero();
    LedgerAudit.check(direct, table);
  }

  @Test
  void moveOver_someOfTheEarlierVersion_countsThemAsNowAndChangesNoWord() {
    bookAsBefore("a", "b");
    book(PricedCalls.of(PricedCalls.KNOWN).event("c"));

    moveOver(PLENTY);

    LedgerAudit.check(direct, table);
    UsageEvent event = PricedCalls.of(PricedCalls.KNOWN).event("a");
    EventHistory.Entry entry =
        new EventHistory(direct, table).read(EventKey.of(event)).orElseThrow();
    assertThat(entry.stored()).isEqualTo(stored(event));
    assertThat(entry.revision()).isZero();
    assertThat(entry.before()).isEmpty();
    LocalDate day = LocalDate.parse("2026-07-01");
    assertThat(new LateChanges(direct, table, UsageLayout.DEFAULT).list(null, day, day.plusDays(1)))
        .isEmpty();
  }

  @Test
  void moveOver_earlierVersion_isListedByWeekAndFeature() {
    bookAsBefore("a", "b");
    RollupReader rollups = new RollupReader(direct, table, UsageLayout.DEFAULT);
    List<Instant> week = List.of(MONDAY, MONDAY.plus(Duration.ofDays(7)));
    assertThat(rollups.customers(week)).isEmpty();

    moveOver(PLENTY);

    assertThat(rollups.customers(week).get("acme").getFirst().events()).isEqualTo(2);
    assertThat(
            rollups
                .customersOf(new RollupScope.OfFeature("chat"), week)
                .get("acme")
                .getFirst()
                .costUsd())
        .isEqualByComparingTo("2");
  }

  @Test
  void moveOver_nothingLeftToMove_isDone() {
    bookAsBefore("a");
    MoveState state = new MoveState(direct, table);

    moveOver(PLENTY);
    boolean afterTheFirst = state.isDone();
    moveOver(PLENTY);

    assertThat(afterTheFirst).isFalse();
    assertThat(state.isDone()).isTrue();
  }

  @Test
  void moveOver_noTime_isNotDone() {
    bookAsBefore("a");

    moveOver(() -> Duration.ZERO);

    assertThat(new MoveState(direct, table).isDone()).isFalse();
  }

  @Test
  void moveOver_twoAtOnce_moveEachOnce() throws Exception {
    for (int i = 0; i < 60; i++) {
      bookAsBefore("e" + i);
    }
    Thread other = Thread.ofVirtual().start(() -> moveOver(PLENTY));

    moveOver(PLENTY);
    other.join();

    assertThat(LedgerAudit.check(direct, table)).hasSize(60);
  }

  private void moveOver(TimeLeft timeLeft) {
    new MovingOver(
            new MoveState(direct, table),
            rerating(bundled),
            new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, LATER))
        .run(timeLeft);
  }

  private Rerating rerating(PriceBook book) {
    return new Rerating(direct, table, UsageLayout.DEFAULT, book, LATER, new Random());
  }

  private void bookAsBefore(String... ids) {
    for (String id : ids) {
      // A shard that is not the customer's own.
      OldLedger.book(direct, table, 2, stored(PricedCalls.of(PricedCalls.KNOWN).event(id)));
    }
  }

  private void book(UsageEvent event) {
    assertThat(
            new Ledger(Ledgers.booking(direct, table)).recordOnce(List.of(stored(event)), PLENTY))
        .containsExactly(new Outcome.Recorded());
  }

  private StoredEvent stored(UsageEvent event) {
    return new StoredEvent(event, bundled.price(event), BOOKED);
  }
}
