package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that goes through the proxy and is reported by an SDK too is one event. */
class TwoReportsTest extends StoreTest {
  private static final Instant START = Instant.parse("2026-07-01T12:00:00Z");
  private static final Instant SOON = START.plusSeconds(5);
  private static final Instant DUE = START.plus(IntentDelay.DEFAULT.delay());
  private static final Calls CALL = Calls.of("r1", START);
  private static final UsageEvent PROXY = CALL.answered("msg_1", UsageStatus.EXACT, 7);
  private static final UsageEvent SDK = CALL.reportedBySdk("msg_1", 9);

  private Ledger ledger;

  @BeforeEach
  void createLedger() {
    ledger = new Ledger(Ledgers.booking(direct, table));
  }

  @AfterEach
  void checkLaw() {
    LedgerAudit.check(direct, table);
  }

  @Test
  void recordOnce_proxyFirst_keepsItsEventWhole() {
    assertThat(record(SOON, PROXY)).containsExactly(new Outcome.Recorded());

    assertThat(record(SOON, SDK)).containsExactly(new Outcome.Superseded());
    assertThat(theOnlyEvent()).isEqualTo(PROXY);
  }

  @Test
  void recordOnce_sdkFirst_takesUseAndCallOfTheProxyAndKeepsTheAttribution() {
    record(SOON, SDK);

    assertThat(record(SOON, PROXY)).containsExactly(new Outcome.Improved());

    UsageEvent event = theOnlyEvent();
    assertThat(event.usage()).isEqualTo(PROXY.usage());
    assertThat(event.call()).isEqualTo(PROXY.call());
    assertThat(event.endpoint()).isEqualTo("messages");
    assertThat(event.source()).isEqualTo(Source.PROXY);
    assertThat(event.eventId()).isEqualTo(SDK.eventId());
    assertThat(event.timestamp()).isEqualTo(SDK.timestamp());
    assertThat(event.attribution()).isEqualTo(SDK.attribution());
  }

  @Test
  void recordOnce_bothAgainInAnyOrder_isNeitherConflictNorCounted() {
    record(SOON, SDK, PROXY);

    assertThat(record(SOON, PROXY, SDK, PROXY))
        .containsExactly(
            new Outcome.Duplicate(), new Outcome.Superseded(), new Outcome.Duplicate());
    assertThat(tokens()).isEqualTo(7);
  }

  @Test
  void recordOnce_proxyAgreesWithTheSdk_movesNoSum() {
    record(SOON, CALL.reportedBySdk("msg_1", 7));

    record(SOON, PROXY);

    assertThat(tokens()).isEqualTo(7);
    assertThat(theOnlyEvent().source()).isEqualTo(Source.PROXY);
  }

  @Test
  void recordOnce_proxySawOnlyPart_takesTheUseOfTheSdk() {
    UsageEvent partial = CALL.answered("msg_1", UsageStatus.PARTIAL, 3);
    record(SOON, partial);

    assertThat(record(SOON, SDK)).containsExactly(new Outcome.Improved());
    assertThat(record(SOON, partial)).containsExactly(new Outcome.Superseded());
    assertThat(theOnlyEvent().usage()).isEqualTo(SDK.usage());
    assertThat(theOnlyEvent().call()).isEqualTo(PROXY.call());
  }

  @Test
  void recordOnce_sdkFirstAndItsCallsIntentDue_isNotUnaccounted() {
    record(SOON, SDK);
    record(SOON, PROXY);

    assertThat(record(DUE, CALL.unaccounted())).containsExactly(new Outcome.Superseded());
    assertThat(theOnlyEvent().call().status()).isEqualTo(CallStatus.OK);
  }

  @Test
  void recordOnce_bothUnderOneEventId_isNotUnaccountedEither() {
    UsageEvent sdk = Calls.of("r1", START.plusSeconds(1)).reportedBySdk("msg_1", 7);
    record(SOON, Reports.withEventId(sdk, "r1"), PROXY);

    assertThat(record(DUE, CALL.unaccounted())).containsExactly(new Outcome.Superseded());
    assertThat(theOnlyEvent().source()).isEqualTo(Source.PROXY);
  }

  @Test
  void recordOnce_twoSdksSayDifferentThings_isAConflict() {
    record(SOON, SDK);

    assertThat(record(SOON, CALL.reportedBySdk("msg_1", 8)))
        .containsExactly(new Outcome.Conflict());
  }

  @Test
  void recordOnce_bothAtTheSameMoment_bookEachCallOnceAsTheProxyReadIt() throws Exception {
    List<UsageEvent> proxied = new ArrayList<>();
    List<UsageEvent> reported = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Calls call = Calls.of("call-" + i, START.plusSeconds(i));
      proxied.add(call.answered("msg_" + i, UsageStatus.EXACT, 100 + i));
      reported.addFirst(call.reportedBySdk("msg_" + i, 500));
    }
    try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
      Future<?> one = workers.submit(() -> record(SOON, proxied.toArray(new UsageEvent[0])));
      Future<?> other = workers.submit(() -> record(SOON, reported.toArray(new UsageEvent[0])));
      one.get();
      other.get();
    }

    List<StoredEvent> events = LedgerAudit.check(direct, table);
    assertThat(events).hasSize(12);
    assertThat(events).allMatch(stored -> stored.event().source() == Source.PROXY);
    assertThat(tokens()).isEqualTo(12 * 100 + 66);
  }

  private List<Outcome> record(Instant now, UsageEvent... events) {
    return ledger.recordOnce(
        Arrays.stream(events)
            .map(e -> new StoredEvent(e, PriceBook.bundled().price(e), now))
            .toList(),
        () -> Duration.ofMinutes(1));
  }

  private long tokens() {
    return LedgerAudit.check(direct, table).stream()
        .mapToLong(stored -> stored.event().usage().tokens().get(TokenClass.INPUT))
        .sum();
  }

  private UsageEvent theOnlyEvent() {
    List<StoredEvent> events = LedgerAudit.check(direct, table);
    assertThat(events).hasSize(1);
    return events.getFirst().event();
  }
}
