package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RollupTest {
  private static final Instant JULY = Instant.parse("2026-07-01T10:00:00Z");

  @Test
  void of_unitsNamedByIds_areSummedAsOne() {
    Rollup sum = Rollup.of(used("job_8f3a", "2")).plus(Rollup.of(used("Job 9", "3")));

    assertThat(sum.units()).isEqualTo(Map.of(Rollup.OTHER_UNITS, new BigDecimal("5")));
  }

  @Test
  void of_unitNamedByWords_keepsItsName() {
    assertThat(Rollup.of(used("code_interpreter_calls", "2")).units())
        .isEqualTo(Map.of("code_interpreter_calls", new BigDecimal("2")));
  }

  @Test
  void of_unpricedEvent_sumsWhatIsKnownApartFromCost() {
    Rollup one = Rollup.of(used("images", "1"));
    Rollup sum = one.plus(Rollup.of(used("images", "1", "0.25", null)));

    assertThat(sum.costUsd()).isZero();
    assertThat(sum.unpriced()).isEqualTo(2);
    assertThat(sum.unpricedKnownUsd()).isEqualTo("0.25");
  }

  @Test
  void of_usageThatContradictsItself_isQuarantinedAndCounted() {
    String reason = Usage.contradiction("more cached than input");
    Rollup sum = Rollup.of(used("images", "1", "0", reason)).plus(Rollup.of(used("images", "2")));

    assertThat(sum.quarantined()).isEqualTo(1);
    assertThat(sum.events()).isEqualTo(2);
  }

  @Test
  void read_itemWrittenBeforeTheseCountersWere_isZero() {
    Rollup sum = RollupItem.read(Map.of("n", AttributeValue.fromN("3")));

    assertThat(sum.unpricedKnownUsd()).isZero();
    assertThat(sum.quarantined()).isZero();
  }

  private static StoredEvent used(String unit, String quantity) {
    return used(unit, quantity, "0", null);
  }

  private static StoredEvent used(
      String unit, String quantity, String known, @Nullable String reason) {
    UsageLine line = new UsageLine(null, TokenCounts.NONE, Map.of(unit, new BigDecimal(quantity)));
    UsageEvent event =
        new UsageEvent(
            "e",
            new EventIdentity.ById("e"),
            EventType.CUSTOM,
            JULY,
            Source.SDK,
            "dev",
            null,
            new Attribution("acme", "ann", null, "chat", null),
            null,
            null,
            null,
            null,
            false,
            new Usage(UsageStatus.ESTIMATED, reason, PricingTerms.UNSAID, List.of(line), null),
            Call.REPORTED);
    return new StoredEvent(
        event, new Cost.Unpriced("no price", "book", new BigDecimal(known)), JULY);
  }
}
