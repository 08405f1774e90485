package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.queue.IntentDelay;
import io.openmonetize.storage.LedgerEntry;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.worker.FaultyStore.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How a call's entry moves to better knowledge, and its sums with it: after each test the ledger's
 * law is checked to the last counter.
 */
class TransitionTest extends FaultyStoreTest {
  private static final Instant START = Instant.parse("2026-07-01T23:59:00Z");
  private static final Instant SOON = START.plusSeconds(5);
  private static final Instant LATE = START.plus(IntentDelay.DEFAULT.delay());

  private final Calls call = Calls.of("r1", START);

  @Test
  void unaccounted_settledUnderItsOwnId_takesTheSettlement() {
    record(LATE, call.unaccounted());

    assertThat(record(LATE, call.timedOut())).containsExactly(new Outcome.Improved());
    assertThat(theOnlyEvent()).isEqualTo(call.timedOut());
  }

  @Test
  void unaccounted_settledUnderTheAnswersId_isCountedOnce() {
    record(LATE, call.unaccounted());
    UsageEvent settled = call.answered("msg_1", UsageStatus.EXACT, 7);

    assertThat(record(LATE, settled)).containsExactly(new Outcome.Recorded());
    assertThat(theOnlyEvent()).isEqualTo(settled);
  }

  @Test
  void unaccounted_afterALateSettlementUnderTheAnswersId_isSuperseded() {
    UsageEvent settled = call.answered("msg_1", UsageStatus.EXACT, 7);
    record(LATE, settled);

    assertThat(record(LATE, call.unaccounted())).containsExactly(new Outcome.Superseded());
    assertThat(theOnlyEvent()).isEqualTo(settled);
  }

  @Test
  void unaccounted_inOneBatchWithItsLateSettlement_isCountedOnce() {
    UsageEvent settled = call.answered("msg_1", UsageStatus.EXACT, 7);

    record(LATE, call.unaccounted(), settled, call.unaccounted());

    assertThat(theOnlyEvent()).isEqualTo(settled);
  }

  @Test
  void unaccounted_inOneBatchWithASettlementThatTellsNoUse_takesTheSettlement() {
    record(LATE, call.unaccounted(), call.timedOut());

    assertThat(theOnlyEvent()).isEqualTo(call.timedOut());
  }

  @Test
  void unaccounted_ofACallThatReadAnAnswerBookedBefore_isSuperseded() {
    Calls again = Calls.of("r2", START.plusSeconds(9));
    record(SOON, call.answered("msg_1", UsageStatus.EXACT, 7));
    assertThat(record(SOON, again.answered("msg_1", UsageStatus.EXACT, 7)))
        .containsExactly(new Outcome.Duplicate());

    assertThat(record(LATE, again.unaccounted())).containsExactly(new Outcome.Superseded());
    assertThat(theOnlyEvent().eventId()).isEqualTo("r1");
  }

  @Test
  void unaccounted_ofACallThatReadTheSameAnswerInTheSameBatch_isSuperseded() {
    Calls again = Calls.of("r2", START);
    record(
        SOON,
        call.answered("msg_1", UsageStatus.EXACT, 7),
        again.answered("msg_1", UsageStatus.EXACT, 7));

    assertThat(record(LATE, again.unaccounted())).containsExactly(new Outcome.Superseded());
  }

  @Test
  void unaccounted_withdrawn_isNoEvent() {
    record(LATE, call.unaccounted());

    withdraw();

    assertThat(LedgerAudit.check(direct, table)).isEmpty();
    assertThat(record(LATE, call.unaccounted())).containsExactly(new Outcome.Superseded());
  }

  @Test
  void missing_answerReadAgainWithItsUse_keepsTheFirstCallAndTakesTheUse() {
    record(SOON, call.queued("resp_1"));
    Calls poll = new Calls("r2", START.plusSeconds(120), "polling");

    assertThat(record(SOON, poll.answered("resp_1", UsageStatus.EXACT, 7)))
        .containsExactly(new Outcome.Improved());

    UsageEvent event = theOnlyEvent();
    assertThat(event.eventId()).isEqualTo("r1");
    assertThat(event.timestamp()).isEqualTo(START);
    assertThat(event.attribution().featureId()).isEqualTo("chat");
    assertThat(event.usage().tokens().get(TokenClass.INPUT)).isEqualTo(7);
    assertThat(LedgerAudit.check(direct, table).getFirst().cost()).isInstanceOf(Cost.Priced.class);
  }

  @Test
  void missing_sameUseReadOnceMore_isADuplicate() {
    record(SOON, call.queued("resp_1"));
    Calls poll = new Calls("r2", START.plusSeconds(120), "polling");
    record(SOON, poll.answered("resp_1", UsageStatus.EXACT, 7));

    assertThat(record(SOON, poll.answered("resp_1", UsageStatus.EXACT, 7)))
        .containsExactly(new Outcome.Duplicate());
    assertThat(record(SOON, poll.queued("resp_1"))).containsExactly(new Outcome.Superseded());
    assertThat(record(SOON, poll.answered("resp_1", UsageStatus.EXACT, 8)))
        .containsExactly(new Outcome.Conflict());
  }

  @Test
  void partial_answerReadToItsEnd_takesTheWholeUse() {
    record(SOON, call.answered("msg_1", UsageStatus.PARTIAL, 3));

    assertThat(record(SOON, call.answered("msg_1", UsageStatus.EXACT, 7)))
        .containsExactly(new Outcome.Improved());
    assertThat(theOnlyEvent().usage().tokens().get(TokenClass.INPUT)).isEqualTo(7);
  }

  @Test
  void reportersIdentity_exactAfterPartial_isAConflict() {
    UsageEvent exact = Reports.ofCustomer("acme", "e1", 10);
    UsageEvent partial = Reports.withStatus(exact, UsageStatus.PARTIAL);
    record(SOON, partial);

    assertThat(record(SOON, exact)).containsExactly(new Outcome.Conflict());
  }

  @Test
  void replaced_event_isKeptAsItWas() {
    record(LATE, call.unaccounted());
    record(LATE, call.timedOut());

    var kept =
        direct
            .getItem(
                g ->
                    g.tableName(table)
                        .key(
                            Map.of(
                                "pk",
                                AttributeValue.fromS(
                                    LedgerEntry.keyOfCall("acme", "r1").partition()),
                                "sk",
                                AttributeValue.fromS("WAS#0"))))
            .item();
    assertThat(kept.get("cs").s()).isEqualTo(CallStatus.UNACCOUNTED.wireName());
    assertThat(kept).doesNotContainKeys("cfpk", "dfpk");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void missing_anyFaultWhileItIsImproved_movesTheSumsOnce(Fault fault) {
    record(SOON, call.queued("resp_1"));
    planned.addAll(Collections.nCopies(4, fault));

    record(SOON, call.answered("resp_1", UsageStatus.EXACT, 7));

    assertThat(theOnlyEvent().usage().tokens().get(TokenClass.INPUT)).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void unaccounted_anyFaultWhileItIsSettledElsewhere_movesTheSumsOnce(Fault fault) {
    record(LATE, call.unaccounted());
    planned.addAll(Collections.nCopies(4, fault));
    UsageEvent settled = call.answered("msg_1", UsageStatus.EXACT, 7);

    record(LATE, settled);

    assertThat(theOnlyEvent()).isEqualTo(settled);
  }

  private void withdraw() {
    ledger.withdraw(LedgerEntry.keyOfCall("acme", "r1"), LATE, () -> Duration.ofMinutes(1));
  }

  private List<Outcome> record(Instant now, UsageEvent... events) {
    return ledger.recordOnce(
        Arrays.stream(events)
            .map(e -> new StoredEvent(e, PriceBook.bundled().price(e), now))
            .toList(),
        () -> Duration.ofMinutes(1));
  }

  private UsageEvent theOnlyEvent() {
    List<StoredEvent> events = LedgerAudit.check(direct, table);
    assertThat(events).hasSize(1);
    return events.getFirst().event();
  }
}
