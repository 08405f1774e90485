package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.EventHistory;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LedgerVerification;
import io.openmonetize.storage.ReratingRun;
import io.openmonetize.storage.ReratingRuns;
import io.openmonetize.storage.ReratingScope;
import io.openmonetize.storage.ReratingTotals;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.worker.FaultyStore.Fault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** After each test the ledger's law is checked to the last counter. */
class ReratingTest extends FaultyStoreTest {
  private static final Instant BOOKED = Instant.parse("2026-07-01T18:00:00Z");
  private static final Instant LATER = Instant.parse("2026-08-01T09:00:00Z");
  private static final TimeLeft PLENTY = () -> Duration.ofMinutes(2);
  private static final ReratingScope ALL =
      new ReratingScope(Instant.parse("2026-06-01T00:00:00Z"), LATER, null, false);

  @TempDir Path folder;

  private final PriceBook bundled = PriceBook.bundled();

  @AfterEach
  void verify() {
    assertThat(LedgerVerification.run(direct, table, null, Instant.MIN, Instant.MAX).drifts())
        .isEmpty();
  }

  @Test
  void run_otherBook_correctsEachEventAndTellsBeforeAndAfter() {
    // 1 dollar a million in the bundled book.
    book(
        PricedCalls.of(PricedCalls.KNOWN).event("a"), PricedCalls.of(PricedCalls.KNOWN).event("b"));

    ReratingReport report = rerating(client, halfPrice()).run(ALL, PLENTY);

    assertThat(report.totals()).isEqualTo(totals(2, 2, "2", "1", 0, 0));
    assertThat(report.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.model()).isEqualTo(PricedCalls.KNOWN));
    assertThat(report.whole()).isTrue();
    assertThat(costs()).containsOnly("0.5");
  }

  @Test
  void run_otherBook_keepsWhatWasThere() {
    UsageEvent event = PricedCalls.of(PricedCalls.KNOWN).event("a");
    book(event);
    rerating(client, halfPrice()).run(ALL, PLENTY);
    rerating(client, book(PricedCalls.KNOWN, "7")).run(ALL, PLENTY);

    EventHistory.Entry entry =
        new EventHistory(direct, table).read(EventKey.of(event)).orElseThrow();

    assertThat(entry.stored().cost().knownUsd()).isEqualTo("7");
    assertThat(entry.stored().receivedAt()).isEqualTo(BOOKED);
    assertThat(entry.before())
        .extracting(r -> r.revision() + ": " + r.stored().cost().knownUsd().toPlainString())
        .containsExactly("1: 0.5", "0: 1");
    assertThat(entry.before()).extracting(EventHistory.Revision::replacedAt).containsOnly(LATER);
    assertThat(entry.before().getLast().stored().cost().priceBook()).isEqualTo(bundled.version());
  }

  @Test
  void run_again_correctsNothing() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));
    Rerating rerating = rerating(client, halfPrice());
    rerating.run(ALL, PLENTY);

    assertThat(rerating.run(ALL, PLENTY).totals()).isEqualTo(totals(1, 0, "0.5", "0.5", 0, 0));
    assertThat(revisions()).containsOnly(1);
  }

  @Test
  void run_sameCostByAnotherBook_isNotTouched() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));

    rerating(client, book(PricedCalls.NEW, "1")).run(ALL, PLENTY);

    assertThat(revisions()).containsOnly(0);
  }

  @Test
  void run_priceThatArrives_pricesTheUnpriced() {
    book(PricedCalls.of(PricedCalls.NEW).event("a"));

    ReratingReport report = rerating(client, book(PricedCalls.NEW, "2")).run(ALL, PLENTY);

    assertThat(report.totals()).isEqualTo(totals(1, 1, "0", "2", 1, 0));
    assertThat(costs()).containsExactly("2");
  }

  @Test
  void run_morePartsWithAPrice_raisesTheLowerBoundOnly() {
    UsageEvent event =
        PricedCalls.of(PricedCalls.NEW).event("a", Map.of("never_priced", BigDecimal.ONE));
    book(event);

    ReratingReport report = rerating(client, book(PricedCalls.NEW, "2")).run(ALL, PLENTY);

    assertThat(report.totals()).isEqualTo(totals(1, 1, "0", "0", 1, 1));
    assertThat(stored())
        .singleElement()
        .extracting(StoredEvent::cost)
        .isInstanceOfSatisfying(
            Cost.Unpriced.class, cost -> assertThat(cost.knownUsd()).isEqualTo("2"));
  }

  @Test
  void run_priceThatGoes_leavesTheEventUnpriced() {
    PriceBook before = book(PricedCalls.NEW, "2");
    new Ledger(booking(before))
        .recordOnce(priced(before, PricedCalls.of(PricedCalls.NEW).event("a")), PLENTY);

    assertThat(rerating(client, bundled).run(ALL, PLENTY).totals())
        .isEqualTo(totals(1, 1, "2", "0", 0, 1));
  }

  @Test
  void run_onlyUnpriced_leavesWhatHasAPrice() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));

    ReratingReport report =
        rerating(client, halfPrice())
            .run(new ReratingScope(ALL.from(), ALL.to(), null, true), PLENTY);

    assertThat(report.totals().events()).isZero();
    assertThat(costs()).containsExactly("1");
  }

  @Test
  void run_windowOfTime_takesItsBeginningAndNotItsEnd() {
    Instant end = PricedCalls.NOON.plusSeconds(3600);
    PricedCalls call = PricedCalls.of(PricedCalls.KNOWN);
    book(
        call.at(PricedCalls.NOON.minusNanos(1)).event("before"),
        call.event("first"),
        call.at(end.minusNanos(1)).event("last"),
        call.at(end).event("after"));

    rerating(client, halfPrice())
        .run(new ReratingScope(PricedCalls.NOON, end, null, false), PLENTY);

    assertThat(corrected()).containsExactlyInAnyOrder("first", "last");
  }

  @Test
  void run_windowOverMonths_findsTheirDays() {
    PricedCalls call = PricedCalls.of(PricedCalls.KNOWN);
    book(
        call.at(Instant.parse("2026-05-31T23:59:59.999Z")).event("may"),
        call.at(Instant.parse("2026-06-01T00:00:00Z")).event("june"),
        call.at(Instant.parse("2026-07-31T23:59:59.999999999Z")).event("july"),
        call.at(Instant.parse("2026-08-01T00:00:00Z")).event("august"));

    rerating(client, halfPrice())
        .run(
            new ReratingScope(
                Instant.parse("2026-06-01T00:00:00Z"),
                Instant.parse("2026-08-01T00:00:00Z"),
                null,
                false),
            PLENTY);

    assertThat(corrected()).containsExactlyInAnyOrder("june", "july");
  }

  @Test
  void run_oneCustomer_leavesTheOthers() {
    PricedCalls call = PricedCalls.of(PricedCalls.KNOWN);
    book(call.event("acme"), call.customer("globex").event("globex"));

    rerating(client, halfPrice())
        .run(new ReratingScope(ALL.from(), ALL.to(), "globex", false), PLENTY);

    assertThat(corrected()).containsExactly("globex");
  }

  @Test
  void run_manyCustomersAndUsers_fitsTransactions() {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      events.add(
          PricedCalls.of(PricedCalls.KNOWN)
              .customer("customer-" + i % 3)
              .user("user-" + i % 30)
              .at(PricedCalls.NOON.plusSeconds(600L * (i % 20)))
              .event("e" + i));
    }
    book(events.toArray(UsageEvent[]::new));

    assertThat(rerating(client, halfPrice()).run(ALL, PLENTY).totals())
        .isEqualTo(totals(240, 240, "240", "120", 0, 0));
  }

  @Test
  void preview_otherBook_saysTheSameAndChangesNothing() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));

    ReratingReport report = rerating(client, halfPrice()).preview(ALL, PLENTY);

    assertThat(report.totals()).isEqualTo(totals(1, 1, "1", "0.5", 0, 0));
    assertThat(report.runId()).isNull();
    assertThat(revisions()).containsOnly(0);
    assertThat(new ReratingRuns(direct, table).list(10)).isEmpty();
  }

  @Test
  void run_each_isListedNewestFirst() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));
    rerating(client, halfPrice()).run(ALL, PLENTY);
    Rerating next =
        new Rerating(
            client,
            table,
            UsageLayout.DEFAULT,
            bundled,
            Clock.fixed(LATER.plusSeconds(60), ZoneOffset.UTC),
            new Random());
    String id = next.run(new ReratingScope(ALL.from(), ALL.to(), "acme", true), PLENTY).runId();

    List<ReratingRun> runs = new ReratingRuns(direct, table).list(10);

    assertThat(runs).hasSize(2);
    assertThat(runs.getFirst().id()).isEqualTo(id);
    assertThat(runs.getFirst().scope())
        .isEqualTo(new ReratingScope(ALL.from(), ALL.to(), "acme", true));
    assertThat(runs.getLast().finishedAt()).isEqualTo(LATER);
    assertThat(runs.getLast().totals()).isEqualTo(totals(1, 1, "1", "0.5", 0, 0));
    assertThat(runs.getLast().priceBook()).isEqualTo(halfPrice().version());
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void run_storeThatFailsOnce_correctsAndCountsEachOnce(Fault fault) {
    PricedCalls call = PricedCalls.of(PricedCalls.KNOWN);
    book(call.event("a"), call.event("b"), call.event("c"));
    planned.add(fault);

    assertThat(rerating(client, halfPrice()).run(ALL, PLENTY).totals())
        .isEqualTo(totals(3, 3, "3", "1.5", 0, 0));
    assertThat(revisions()).containsOnly(1);
  }

  @Test
  void run_noTimeLeft_saysThatItIsNotWhole() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));

    ReratingReport report = rerating(client, halfPrice()).run(ALL, () -> Duration.ZERO);

    assertThat(report.whole()).isFalse();
    assertThat(report.totals().corrected()).isZero();
    assertThat(new ReratingRuns(direct, table).list(1).getFirst().finishedAt()).isNull();
  }

  @Test
  void run_killedHalfWayAndAgain_endsAsIfItHadNotBeen() {
    book(
        IntStream.range(0, 60)
            .mapToObj(i -> PricedCalls.of(PricedCalls.KNOWN).user("user-" + i).event("e" + i))
            .toArray(UsageEvent[]::new));
    DynamoDbClient doomed = CrashingClient.after(client, 3);

    assertThatThrownBy(() -> rerating(doomed, halfPrice()).run(ALL, PLENTY))
        .isInstanceOf(CrashingClient.Crash.class);
    int done = corrected().size();
    LedgerAudit.check(direct, table);
    ReratingReport report = rerating(client, halfPrice()).run(ALL, PLENTY);

    assertThat(done).isBetween(1, 59);
    assertThat(report.totals().corrected()).isEqualTo(60 - done);
    assertThat(costs()).containsOnly("0.5");
    assertThat(revisions()).containsOnly(1);
    assertThat(new ReratingRuns(direct, table).list(9))
        .extracting(run -> run.finishedAt() == null)
        .containsExactlyInAnyOrder(false, true);
  }

  @Test
  void run_twoAtOnce_correctEachEventOnce() throws Exception {
    book(
        IntStream.range(0, 120)
            .mapToObj(i -> PricedCalls.of(PricedCalls.KNOWN).user("user-" + i % 7).event("e" + i))
            .toArray(UsageEvent[]::new));

    List<ReratingReport> reports = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ReratingReport>> both =
          List.of(
              threads.submit(() -> rerating(client, halfPrice()).run(ALL, PLENTY)),
              threads.submit(() -> rerating(client, halfPrice()).run(ALL, PLENTY)));
      for (Future<ReratingReport> one : both) {
        reports.add(one.get());
      }
    }

    assertThat(reports).allMatch(ReratingReport::whole);
    assertThat(revisions()).containsOnly(1);
    assertThat(costs()).containsOnly("0.5");
  }

  @Test
  void run_whileEventsAreBookedAndImproved_keepsTheSums() throws Exception {
    List<Calls> calls =
        IntStream.range(0, 80).mapToObj(i -> Calls.of("r" + i, PricedCalls.NOON)).toList();
    book(calls.stream().map(Calls::unaccounted).toArray(UsageEvent[]::new));
    PriceBook other = halfPrice();
    Ledger beside = new Ledger(booking(other));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> booking =
          threads.submit(
              () -> {
                for (int i = 0; i < 80; i += 8) {
                  List<UsageEvent> some =
                      IntStream.range(i, i + 8)
                          .mapToObj(n -> PricedCalls.of(PricedCalls.KNOWN).event("r" + n))
                          .toList();
                  beside.recordOnce(priced(other, some.toArray(UsageEvent[]::new)), PLENTY);
                  book(PricedCalls.of(PricedCalls.KNOWN).event("new-" + i));
                }
              });
      Rerating rerating = rerating(client, other);
      while (!booking.isDone()) {
        assertThat(rerating.run(ALL, PLENTY).whole()).isTrue();
      }
      booking.get();
    }
    rerating(client, other).run(ALL, PLENTY);

    assertThat(stored())
        .hasSize(90)
        .allSatisfy(
            stored ->
                assertThat(stored.cost().knownUsd())
                    .isEqualByComparingTo(other.price(stored.event()).knownUsd()));
  }

  private PriceBook halfPrice() {
    return book(PricedCalls.KNOWN, "0.5");
  }

  private PriceBook book(String model, String input) {
    return Books.with(folder, model, input);
  }

  private Rerating rerating(DynamoDbClient dynamoDb, PriceBook book) {
    return new Rerating(
        dynamoDb,
        table,
        UsageLayout.DEFAULT,
        book,
        Clock.fixed(LATER, ZoneOffset.UTC),
        new Random());
  }

  private Booking booking(PriceBook book) {
    return new Booking(
        client,
        table,
        UsageLayout.DEFAULT,
        book::price,
        IntentDelay.DEFAULT,
        Retention.FOR_EVER,
        new Random());
  }

  private void book(UsageEvent... events) {
    assertThat(ledger.recordOnce(priced(bundled, events), PLENTY))
        .noneMatch(Outcome.NotRecorded.class::isInstance);
  }

  private static List<StoredEvent> priced(PriceBook book, UsageEvent... events) {
    return List.of(events).stream().map(e -> new StoredEvent(e, book.price(e), BOOKED)).toList();
  }

  private List<StoredEvent> stored() {
    return LedgerAudit.check(direct, table);
  }

  private List<String> costs() {
    return stored().stream().map(s -> s.cost().knownUsd().toPlainString()).toList();
  }

  private List<String> corrected() {
    return stored().stream()
        .filter(s -> !s.cost().priceBook().equals(bundled.version()))
        .map(s -> s.event().eventId())
        .toList();
  }

  private List<Integer> revisions() {
    EventHistory history = new EventHistory(direct, table);
    return stored().stream()
        .map(s -> history.read(EventKey.of(s.event())).orElseThrow().revision())
        .toList();
  }

  private static ReratingTotals totals(
      long events, long corrected, String before, String after, long unpriced, long stillUnpriced) {
    return new ReratingTotals(
        events, corrected, new BigDecimal(before), new BigDecimal(after), unpriced, stillUnpriced);
  }
}
