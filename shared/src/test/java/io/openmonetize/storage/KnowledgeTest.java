package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.Cost;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnowledgeTest {
  private static final Instant JULY = Instant.parse("2026-07-01T10:00:00Z");
  private static final EventIdentity ANSWER =
      new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_1");
  private static final EventIdentity REQUEST = new EventIdentity.ById("r1");

  @ParameterizedTest
  @CsvSource({
    "MISSING, UNACCOUNTED, UNACCOUNTED",
    "MISSING, OK, MISSING",
    "MISSING, TIMEOUT, MISSING",
    "ESTIMATED, OK, INCOMPLETE",
    "PARTIAL, INTERRUPTED, INCOMPLETE",
    "EXACT, OK, FINAL",
    "NONE, ERROR, FINAL"
  })
  void of_usageAndCall_isTheirRank(UsageStatus usage, CallStatus call, Knowledge expected) {
    assertThat(Knowledge.of(event(ANSWER, usage, call, 1))).isEqualTo(expected);
  }

  @Test
  void isMoreThan_sameRank_isFalse() {
    assertThat(Knowledge.FINAL.isMoreThan(Knowledge.FINAL)).isFalse();
    assertThat(Knowledge.FINAL.isMoreThan(Knowledge.INCOMPLETE)).isTrue();
    assertThat(Knowledge.MISSING.isMoreThan(Knowledge.INCOMPLETE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING, EXACT, More",
    "PARTIAL, EXACT, More",
    "MISSING, PARTIAL, More",
    "EXACT, PARTIAL, Less",
    "EXACT, MISSING, Less",
    "EXACT, EXACT, Contradiction",
    "PARTIAL, ESTIMATED, Contradiction"
  })
  void comparison_otherUseOfOneAnswer_goesByRank(UsageStatus is, UsageStatus said, String what) {
    assertThat(compare(ANSWER, is, CallStatus.OK, said).getClass().getSimpleName()).isEqualTo(what);
  }

  @ParameterizedTest
  @CsvSource({"MISSING, EXACT", "PARTIAL, EXACT", "EXACT, PARTIAL", "EXACT, EXACT"})
  void comparison_otherUseOfOneRequest_isAContradiction(UsageStatus is, UsageStatus said) {
    assertThat(compare(REQUEST, is, CallStatus.OK, said))
        .isInstanceOf(Comparison.Contradiction.class);
  }

  @ParameterizedTest
  @CsvSource({"MISSING", "PARTIAL", "EXACT", "NONE"})
  void comparison_anyReportBesideAnUnaccountedCall_isMore(UsageStatus said) {
    assertThat(compare(REQUEST, UsageStatus.MISSING, CallStatus.UNACCOUNTED, said))
        .isInstanceOf(Comparison.More.class);
  }

  private static Comparison compare(
      EventIdentity identity, UsageStatus is, CallStatus call, UsageStatus said) {
    UsageEvent known = event(identity, is, call, 1);
    var item =
        EventItem.write(
            new StoredEvent(known, new Cost.Unpriced("for a test", "none"), JULY),
            UsageLayout.DEFAULT);
    return Comparison.of(
        (LedgerEntry.Event) LedgerEntry.of(item), event(identity, said, CallStatus.OK, 2));
  }

  private static UsageEvent event(
      EventIdentity identity, UsageStatus status, CallStatus call, long tokens) {
    List<UsageLine> lines =
        switch (status) {
          case EXACT, PARTIAL, ESTIMATED ->
              List.of(new UsageLine("m", TokenCounts.of(TokenClass.OUTPUT, tokens)));
          case MISSING, NONE -> List.of();
        };
    return new UsageEvent(
        "r1",
        identity,
        EventType.TOKEN_USAGE,
        JULY,
        Source.PROXY,
        "dev",
        null,
        new Attribution("acme", null, null, "chat", null),
        Provider.ANTHROPIC,
        "m",
        null,
        "messages",
        true,
        new Usage(status, null, PricingTerms.UNSAID, lines, null),
        new Call(call, 200, null, null, null, null, null));
  }
}
