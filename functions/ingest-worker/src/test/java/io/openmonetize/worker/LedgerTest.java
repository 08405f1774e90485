package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.worker.FaultyStore.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest extends FaultyStoreTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final TimeLeft PLENTY = () -> Duration.ofMinutes(1);

  @Test
  void recordOnce_sameReportAgain_isADuplicate() {
    List<StoredEvent> events = booked(Reports.ofCustomer("acme", "e1", 10));

    assertThat(record(events)).containsExactly(new Outcome.Recorded());
    assertThat(record(events)).containsExactly(new Outcome.Duplicate());
  }

  @Test
  void recordOnce_sameIdentityOtherTokens_isAConflictAndTheFirstStays() {
    record(booked(Reports.ofCustomer("acme", "e1", 10)));

    assertThat(record(booked(Reports.ofCustomer("acme", "e1", 11))))
        .containsExactly(new Outcome.Conflict());
    assertThat(tokens()).isEqualTo(10);
  }

  @Test
  void recordOnce_sameIdOfTwoCustomers_isTwoEvents() {
    assertThat(
            record(
                booked(
                    Reports.ofCustomer("acme", "e1", 10), Reports.ofCustomer("globex", "e1", 10))))
        .containsExactly(new Outcome.Recorded(), new Outcome.Recorded());
  }

  @Test
  void recordOnce_repetitionsInOneBatch_recordsTheFirst() {
    assertThat(
            record(
                booked(
                    Reports.ofCustomer("acme", "e1", 10),
                    Reports.ofCustomer("acme", "e1", 10),
                    Reports.ofCustomer("acme", "e1", 11),
                    Reports.ofCustomer("acme", "e1", 10))))
        .containsExactly(
            new Outcome.Recorded(),
            new Outcome.Duplicate(),
            new Outcome.Conflict(),
            new Outcome.Duplicate());
  }

  @Test
  void recordOnce_someThereAlready_recordsTheOthers() {
    record(booked(Reports.ofCustomer("acme", "e1", 10), Reports.ofCustomer("acme", "e3", 10)));

    assertThat(
            record(
                booked(
                    Reports.ofCustomer("acme", "e1", 10),
                    Reports.ofCustomer("acme", "e2", 10),
                    Reports.ofCustomer("acme", "e3", 12))))
        .containsExactly(new Outcome.Duplicate(), new Outcome.Recorded(), new Outcome.Conflict());
  }

  @Test
  void recordOnce_moreEventsThanOneTransactionHolds_recordsAll() {
    List<UsageEvent> events =
        IntStream.range(0, 230).mapToObj(i -> Reports.ofCustomer("acme", "e" + i, i)).toList();

    assertThat(record(booked(events.toArray(new UsageEvent[0]))))
        .hasSize(230)
        .containsOnly(new Outcome.Recorded());
  }

  @Test
  void recordOnce_eachEventOfAnotherUser_recordsAllInSeveralTransactions() {
    List<UsageEvent> events =
        IntStream.range(0, 60)
            .mapToObj(i -> Reports.withUser(Reports.ofCustomer("acme", "e" + i, i), "u" + i))
            .toList();

    assertThat(record(booked(events.toArray(new UsageEvent[0]))))
        .hasSize(60)
        .containsOnly(new Outcome.Recorded());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void recordOnce_anyFaultAtFirst_endsWithTheEventBookedOnce(Fault fault) {
    planned.addAll(Collections.nCopies(5, fault));

    List<Outcome> outcomes = record(booked(Reports.ofCustomer("acme", "e1", 10)));

    // When the first try was carried out unseen, the next finds the event there.
    assertThat(outcomes.getFirst())
        .isInstanceOfAny(Outcome.Recorded.class, Outcome.Duplicate.class);
    assertThat(tokens()).isEqualTo(10);
  }

  @Test
  void recordOnce_sameEventsTwiceAtTheSameMoment_partlyFailing_areExact() throws Exception {
    List<StoredEvent> events =
        IntStream.range(0, 90)
            .mapToObj(i -> Reports.withUser(Reports.ofCustomer("acme", "e" + i, i), "u" + i % 7))
            .flatMap(event -> booked(event).stream())
            .toList();
    Fault[] faults = Fault.values();
    IntStream.range(0, 24).forEach(i -> planned.add(faults[i % faults.length]));

    List<Outcome> one;
    List<Outcome> other;
    try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
      Future<List<Outcome>> first = workers.submit(() -> record(events));
      Future<List<Outcome>> second = workers.submit(() -> record(events.reversed()));
      one = first.get();
      other = second.get();
    }

    assertThat(one).hasSize(90).doesNotHaveAnyElementsOfTypes(Outcome.NotRecorded.class);
    assertThat(other).hasSize(90).doesNotHaveAnyElementsOfTypes(Outcome.NotRecorded.class);
    assertThat(tokens()).isEqualTo(89 * 90 / 2);
  }

  @Test
  void recordOnce_storeBusyUntilTheEnd_reportsTheEventAsNotRecorded() {
    for (int i = 0; i < 1_000; i++) {
      planned.add(Fault.TRANSACTION_CONFLICT);
    }

    List<Outcome> outcomes =
        ledger.recordOnce(
            booked(Reports.ofCustomer("acme", "e1", 10)), Times.left(Duration.ofMillis(1_500)));

    // The cause is the last try's: the conflict, or that its time was up, whichever came first.
    assertThat(outcomes).singleElement().isInstanceOf(Outcome.NotRecorded.class);
    assertThat(tokens()).isZero();
  }

  @Test
  void recordOnce_oneCustomersStoreBusy_recordsTheOthers() {
    planned.add(Fault.TRANSACTION_CONFLICT);

    assertThat(
            record(
                booked(
                    Reports.ofCustomer("acme", "e1", 10), Reports.ofCustomer("globex", "e2", 10))))
        .containsOnly(new Outcome.Recorded());
  }

  @Test
  void recordOnce_eventThatTheStoreRefuses_failsAlone() {
    UsageEvent large =
        Reports.withMetadata(Reports.ofCustomer("acme", "e2", 10), "x".repeat(500_000));

    assertThat(
            record(
                booked(
                    Reports.ofCustomer("acme", "e1", 10),
                    large,
                    Reports.ofCustomer("acme", "e3", 10))))
        .satisfiesExactly(
            outcome -> assertThat(outcome).isEqualTo(new Outcome.Recorded()),
            outcome -> assertThat(outcome).isInstanceOf(Outcome.NotRecorded.class),
            outcome -> assertThat(outcome).isEqualTo(new Outcome.Recorded()));
  }

  @Test
  void recordOnce_noSuchTable_givesUpAtOnce() {
    Ledger lost = new Ledger(Ledgers.booking(client, "no-such-table"));

    assertThat(lost.recordOnce(booked(Reports.ofCustomer("acme", "e1", 10)), PLENTY))
        .containsExactly(new Outcome.NotRecorded("ResourceNotFoundException"));
  }

  private List<Outcome> record(List<StoredEvent> events) {
    return ledger.recordOnce(events, PLENTY);
  }

  private static List<StoredEvent> booked(UsageEvent... events) {
    List<StoredEvent> stored = new ArrayList<>();
    for (UsageEvent event : events) {
      stored.add(new StoredEvent(event, PriceBook.bundled().price(event), NOW));
    }
    return stored;
  }

  private long tokens() {
    return LedgerAudit.check(direct, table).stream()
        .mapToLong(stored -> stored.event().usage().tokens().total(TokenClass.Side.INPUT))
        .sum();
  }
}
