package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.EventType;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.EventHistory;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LateChanges;
import io.openmonetize.storage.LedgerVerification;
import io.openmonetize.storage.MoveState;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.RollupScope;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.SumLayout;
import io.openmonetize.storage.TypeSum;
import io.openmonetize.storage.UsageLayout;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

  /** Of what the second version booked, only what it had no counters for has to move. */
  @Test
  void moveOver_secondVersion_movesOtherTypesAndTouchesNoToken() {
    bookAsBefore("first");
    OldLedger.book(direct, table, SumLayout.SECOND, 1, stored(token("token")), stored(custom("c")));
    OldLedger.book(direct, table, SumLayout.SECOND, 2, unpriced(custom("u")));
    book(custom("now"));
    Map<String, AttributeValue> token = item(token("token"));

    moveOver(PLENTY);

    assertThat(LedgerAudit.check(direct, table)).hasSize(5);
    assertThat(item(token("token"))).isEqualTo(token);
    assertThat(item(custom("c")).get("ly").n()).isEqualTo("2");
    assertThat(byType())
        .isEqualTo(
            Map.of(
                EventType.TOKEN_USAGE, new TypeSum(2, new BigDecimal("2"), 0),
                EventType.CUSTOM, new TypeSum(3, new BigDecimal("2"), 1)));
    assertThat(
            new EventHistory(direct, table).read(EventKey.of(custom("c"))).orElseThrow().revision())
        .isZero();
  }

  @Test
  void rerate_secondVersion_correctsWhatThatVersionCounted() {
    OldLedger.book(direct, table, SumLayout.SECOND, 1, stored(token("t")), stored(custom("c")));

    rerating(Books.with(folder, PricedCalls.KNOWN, "7")).run(ALL, PLENTY);

    assertThat(LedgerAudit.check(direct, table)).hasSize(2);
    assertThat(byType().get(EventType.CUSTOM)).isEqualTo(new TypeSum(1, new BigDecimal("7"), 0));
  }

  /** Stopped again and again, with booking and a re-rating beside it. */
  @Test
  void moveOver_stoppedHalfWayAgainAndAgainBesideBooking_endsWithEachMovedOnce() throws Exception {
    for (int i = 0; i < 30; i++) {
      bookAsBefore("f" + i);
      OldLedger.book(direct, table, SumLayout.SECOND, i % 4, stored(custom("s" + i)));
    }
    Random random = new Random(6);
    Thread booking =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    book(i % 2 == 0 ? custom("new" + i) : token("new" + i));
                  }
                });
    Thread rerate =
        Thread.ofVirtual()
            .start(() -> rerating(Books.with(folder, PricedCalls.KNOWN, "7")).run(ALL, PLENTY));
    MoveState state = new MoveState(direct, table);
    for (int run = 0; run < 10; run++) {
      AtomicInteger looks = new AtomicInteger(1 + random.nextInt(40));
      moveOver(() -> looks.getAndDecrement() > 0 ? Duration.ofMinutes(2) : Duration.ZERO);
      assertNoDrift();
    }
    booking.join();
    rerate.join();
    moveOver(PLENTY);
    moveOver(PLENTY);

    assertThat(state.isDone()).isTrue();
    assertThat(LedgerAudit.check(direct, table)).hasSize(80);
    assertThat(byType().get(EventType.CUSTOM).events()).isEqualTo(40);
  }

  private void assertNoDrift() {
    // What is booked while it reads may look like drift, and is gone at the next look.
    for (int tries = 0; ; tries++) {
      var drifts = LedgerVerification.run(direct, table, null, Instant.MIN, Instant.MAX).drifts();
      if (drifts.isEmpty()) {
        return;
      }
      assertThat(tries).as("%s", drifts).isLessThan(50);
    }
  }

  private Map<EventType, TypeSum> byType() {
    return new RollupReader(direct, table, UsageLayout.DEFAULT)
        .sum(RollupFilter.ALL, MONDAY, MONDAY.plus(Duration.ofDays(7)))
        .byEventType();
  }

  private Map<String, AttributeValue> item(UsageEvent event) {
    EventKey key = EventKey.of(event);
    return direct
        .getItem(
            g ->
                g.tableName(table)
                    .key(
                        Map.of(
                            "pk", AttributeValue.fromS(key.partition()),
                            "sk", AttributeValue.fromS("EVENT"))))
        .item();
  }

  private static UsageEvent token(String id) {
    return PricedCalls.of(PricedCalls.KNOWN).event(id);
  }

  private static UsageEvent custom(String id) {
    UsageEvent event = token(id);
    return new UsageEvent(
        event.eventId(),
        event.identity(),
        EventType.CUSTOM,
        event.timestamp(),
        event.source(),
        event.environment(),
        event.apiKeyId(),
        event.attribution(),
        event.provider(),
        event.model(),
        event.requestedModel(),
        event.endpoint(),
        event.streamed(),
        event.usage(),
        event.call());
  }

  private static StoredEvent unpriced(UsageEvent event) {
    return new StoredEvent(event, new Cost.Unpriced("no price", "v", BigDecimal.ZERO), BOOKED);
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
      OldLedger.book(
          direct, table, SumLayout.FIRST, 2, stored(PricedCalls.of(PricedCalls.KNOWN).event(id)));
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
