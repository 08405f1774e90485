package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SumLayoutTest {
  private static final Instant BOOKED = Instant.parse("2026-07-31T23:30:00Z");
  private static final UsageEvent EVENT =
      new UsageEvent(
          "e",
          new EventIdentity.ById("e"),
          EventType.TOKEN_USAGE,
          Instant.parse("2026-07-31T23:15:00Z"),
          Source.SDK,
          "dev",
          null,
          new Attribution("acme", "ann", null, "chat", null),
          Provider.ANTHROPIC,
          "m",
          null,
          null,
          false,
          Usage.missing("nothing was said"),
          Call.REPORTED);

  @Test
  void keys_firstLayout_areThoseThatThatVersionWrote() {
    assertThat(RollupFold.keys(EVENT, 3, SumLayout.FIRST))
        .extracting(key -> key.partition() + " " + key.sort())
        .containsExactlyInAnyOrder(
            "ROLLUP#A#3#H#F#2026-07-31 23#chat#ANTHROPIC#m",
            "ROLLUP#A#3#H#C#2026-07-31 23#acme",
            "ROLLUP#C#acme#H#F#2026-07-31 23#chat#ANTHROPIC#m",
            "ROLLUP#U#acme#ann#H#F#2026-07-31 23#chat#ANTHROPIC#m",
            "ROLLUP#A#3#D#F#2026-07 31#chat#ANTHROPIC#m",
            "ROLLUP#A#3#D#C#2026-07 31#acme",
            "ROLLUP#C#acme#D#F#2026-07 31#chat#ANTHROPIC#m",
            "ROLLUP#U#acme#ann#D#F#2026-07 31#chat#ANTHROPIC#m",
            "ROLLUP#C#acme#D#U#2026-07 31#ann");
  }

  @Test
  void delta_firstLayout_hasNoCounterThatThatVersionDidNotKnow() {
    Cost known = new Cost.Unpriced("no price", "v", BigDecimal.ONE);
    StoredEvent stored = new StoredEvent(EVENT, known, BOOKED);

    assertThat(RollupFold.delta(stored, SumLayout.NOW).counters()).containsKey("xc");
    assertThat(RollupFold.delta(stored, SumLayout.FIRST).counters())
        .doesNotContainKeys("xc", "q")
        .containsKeys("n", "x");
  }

  @Test
  void delta_secondLayout_knowsNoTypes() {
    StoredEvent image = stored(EventType.IMAGE_GENERATION);

    assertThat(RollupFold.delta(image, SumLayout.NOW).counters())
        .containsEntry("e:IMAGE_GENERATION", BigDecimal.ONE)
        .containsEntry("d:IMAGE_GENERATION", new BigDecimal("0.04"));
    assertThat(RollupFold.delta(image, SumLayout.SECOND).counters().keySet())
        .doesNotContain("e:IMAGE_GENERATION", "d:IMAGE_GENERATION");
  }

  @Test
  void isAsNow_secondLayout_isSoForTokensOnly() {
    assertThat(RollupFold.isAsNow(stored(EventType.TOKEN_USAGE), SumLayout.SECOND)).isTrue();
    assertThat(RollupFold.isAsNow(stored(EventType.TOKEN_USAGE), SumLayout.FIRST)).isFalse();
    assertThat(RollupFold.isAsNow(stored(EventType.CUSTOM), SumLayout.SECOND)).isFalse();
    assertThat(RollupFold.isAsNow(stored(EventType.CUSTOM), SumLayout.NOW)).isTrue();
  }

  @Test
  void byEventType_severalTypes_tokensAreTheRest() {
    Rollup sum = Rollup.of(stored(EventType.TOKEN_USAGE)).plus(Rollup.of(stored(EventType.CUSTOM)));

    assertThat(sum.byEventType())
        .containsOnly(
            Map.entry(EventType.TOKEN_USAGE, new TypeSum(1, new BigDecimal("0.04"), 0)),
            Map.entry(EventType.CUSTOM, new TypeSum(1, new BigDecimal("0.04"), 0)));
    assertThat(Rollup.of(stored(EventType.CUSTOM)).byEventType())
        .containsOnlyKeys(EventType.CUSTOM);
  }

  @Test
  void byEventType_unpricedOnes_areCountedByType() {
    Cost none = new Cost.Unpriced("no price", "v", BigDecimal.ONE);
    StoredEvent image = stored(EventType.IMAGE_GENERATION);
    StoredEvent unpriced = new StoredEvent(image.event(), none, BOOKED);
    Rollup sum =
        Rollup.of(image)
            .plus(Rollup.of(unpriced))
            .plus(Rollup.of(new StoredEvent(EVENT, none, BOOKED)));

    assertThat(sum.byEventType())
        .containsOnly(
            Map.entry(EventType.TOKEN_USAGE, new TypeSum(1, BigDecimal.ZERO, 1)),
            Map.entry(EventType.IMAGE_GENERATION, new TypeSum(2, new BigDecimal("0.04"), 1)));
    assertThat(RollupItem.sum(RollupItem.counters(sum), BOOKED.toString())).isEqualTo(sum);
    assertThat(RollupFold.delta(unpriced, SumLayout.SECOND).counters())
        .doesNotContainKey("x:IMAGE_GENERATION")
        .containsEntry("x", BigDecimal.ONE);
  }

  private static StoredEvent stored(EventType type) {
    UsageEvent event =
        new UsageEvent(
            EVENT.eventId(),
            EVENT.identity(),
            type,
            EVENT.timestamp(),
            EVENT.source(),
            EVENT.environment(),
            EVENT.apiKeyId(),
            EVENT.attribution(),
            EVENT.provider(),
            EVENT.model(),
            EVENT.requestedModel(),
            EVENT.endpoint(),
            EVENT.streamed(),
            EVENT.usage(),
            EVENT.call());
    return new StoredEvent(event, new Cost.Priced(new BigDecimal("0.04"), "v"), BOOKED);
  }

  @Test
  void of_itemOfANewerVersion_isRefused() {
    assertThatThrownBy(() -> SumLayout.of(Map.of("ly", AttributeValue.fromN("99"))))
        .isInstanceOf(IllegalStateException.class);
  }
}
