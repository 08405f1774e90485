package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.RepricingState;
import io.openmonetize.storage.ReratingRun;
import io.openmonetize.storage.ReratingRuns;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class RepricingTest extends StoreTest {
  private static final Instant BOOKED = Instant.parse("2026-07-01T18:00:00Z");
  private static final Clock LATER =
      Clock.fixed(Instant.parse("2026-08-01T09:00:00Z"), ZoneOffset.UTC);
  private static final TimeLeft PLENTY = () -> Duration.ofMinutes(2);

  @TempDir Path folder;

  private final PriceBook bundled = PriceBook.bundled();

  @AfterEach
  void checkTheLaw() {
    LedgerAudit.check(direct, table);
  }

  @Test
  void run_priceThatArrives_pricesWhatHadNone() {
    book(PricedCalls.of(PricedCalls.NEW).event("a"));
    book(PricedCalls.of(PricedCalls.NEW).customer("globex").event("b"));

    reprice(Books.with(folder, PricedCalls.NEW, "2"), PLENTY);

    assertThat(costs()).containsExactlyInAnyOrder("a: 2", "b: 2");
  }

  @Test
  void run_manyShards_pricesWhatHadNone() {
    book(PricedCalls.of(PricedCalls.NEW).event("a"));

    reprice(direct, new UsageLayout(4, 128), Books.with(folder, PricedCalls.NEW, "2"), PLENTY);

    assertThat(costs()).containsExactly("a: 2");
  }

  @Test
  void run_otherPriceOfWhatHasOne_leavesIt() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"), PricedCalls.of(PricedCalls.NEW).event("b"));

    reprice(Books.with(folder, PricedCalls.KNOWN, "99"), PLENTY);

    assertThat(costs()).containsExactlyInAnyOrder("a: 1", "b: 0");
  }

  @Test
  void run_sameBookAgain_looksAtNothing() {
    book(PricedCalls.of(PricedCalls.NEW).event("a"));
    PriceBook unhelpful = Books.with(folder, "another-model", "2");
    reprice(unhelpful, PLENTY);

    reprice(unhelpful, PLENTY);

    assertThat(runs()).singleElement().matches(run -> run.totals().unpricedAfter() == 1);
  }

  @Test
  void run_nothingUnpriced_isDoneWithoutARun() {
    book(PricedCalls.of(PricedCalls.KNOWN).event("a"));

    reprice(Books.with(folder, PricedCalls.NEW, "2"), PLENTY);

    assertThat(runs()).isEmpty();
    assertThat(new RepricingState(direct, table).read().orElseThrow().done()).isTrue();
  }

  @Test
  void run_someDaysOfSomeCustomers_looksAtThoseOnly() {
    PricedCalls unpriced = PricedCalls.of(PricedCalls.NEW);
    PricedCalls priced = PricedCalls.of(PricedCalls.KNOWN);
    book(unpriced.event("a"), priced.at(PricedCalls.NOON.minusSeconds(86_400)).event("b"));
    book(priced.customer("globex").event("c"));
    AtomicInteger feedQueries = new AtomicInteger();

    reprice(
        CountingClient.of(direct, feedQueries), Books.with(folder, PricedCalls.NEW, "2"), PLENTY);

    assertThat(feedQueries).hasValue(1);
  }

  @Test
  void run_stoppedHalfWay_goesOnWhereItWas() {
    book(PricedCalls.of(PricedCalls.NEW).event("a"));
    book(PricedCalls.of(PricedCalls.NEW).customer("globex").event("b"));
    PriceBook arrived = Books.with(folder, PricedCalls.NEW, "2");
    RepricingState state = new RepricingState(direct, table);
    TimeLeft untilTheFirstIsDone =
        () -> state.read().isPresent() ? Duration.ZERO : Duration.ofMinutes(2);

    reprice(arrived, untilTheFirstIsDone);
    List<String> halfWay = costs();
    AtomicInteger feedQueries = new AtomicInteger();
    reprice(CountingClient.of(direct, feedQueries), arrived, PLENTY);

    assertThat(halfWay).containsExactlyInAnyOrder("a: 2", "b: 0");
    assertThat(costs()).containsExactlyInAnyOrder("a: 2", "b: 2");
    assertThat(feedQueries).hasValue(1);
    assertThat(runs()).extracting(run -> run.finishedAt() != null).containsExactly(true, false);
  }

  private void reprice(PriceBook book, TimeLeft timeLeft) {
    reprice(direct, book, timeLeft);
  }

  private void reprice(DynamoDbClient dynamoDb, PriceBook book, TimeLeft timeLeft) {
    reprice(dynamoDb, UsageLayout.DEFAULT, book, timeLeft);
  }

  private void reprice(
      DynamoDbClient dynamoDb, UsageLayout layout, PriceBook book, TimeLeft timeLeft) {
    // A little later each time, so that the list of runs has an order.
    Clock clock = Clock.offset(LATER, Duration.ofSeconds(runs().size()));
    new Repricing(
            new RollupReader(dynamoDb, table, layout),
            new RepricingState(dynamoDb, table),
            new Rerating(dynamoDb, table, layout, book, clock, new Random()),
            book,
            clock,
            new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, clock))
        .run(timeLeft);
  }

  private List<ReratingRun> runs() {
    return new ReratingRuns(direct, table).list(10);
  }

  private void book(UsageEvent... events) {
    List<StoredEvent> priced =
        List.of(events).stream().map(e -> new StoredEvent(e, bundled.price(e), BOOKED)).toList();
    assertThat(new Ledger(Ledgers.booking(direct, table)).recordOnce(priced, PLENTY))
        .noneMatch(Outcome.NotRecorded.class::isInstance);
  }

  private List<String> costs() {
    return LedgerAudit.check(direct, table).stream()
        .map(s -> s.event().eventId() + ": " + s.cost().knownUsd().toPlainString())
        .toList();
  }
}
