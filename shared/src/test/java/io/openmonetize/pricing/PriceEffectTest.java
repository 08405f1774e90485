package io.openmonetize.pricing;

import static io.openmonetize.pricing.PriceEvents.event;
import static io.openmonetize.pricing.PriceEvents.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PriceEffectTest {
  private static final byte[] OVERLAY = utf8("{\"version\": \"v\"}");

  private final PriceEffect effect =
      new PriceEffect(
          book("{\"names\": [\"a\"], \"periods\": [{\"per_million_tokens\": {\"input\": \"1\"}}]}"),
          book(
              "{\"names\": [\"a\"], \"periods\": [{\"per_million_tokens\": {\"input\": \"3\"}}]},"
                  + "{\"names\": [\"b\"], \"periods\":"
                  + " [{\"per_million_tokens\": {\"input\": \"5\"}}]}"));

  @Test
  void rows_modelWithAnotherPrice_sumsBothCosts() {
    effect.add(call("a"));
    effect.add(call("a"));

    // 2 x 2 million tokens, at 1 and at 3 dollars a million.
    assertThat(effect.rows())
        .containsExactly(
            new PriceEffect.Row(
                Provider.OPENAI, "a", 2, new BigDecimal("4"), new BigDecimal("12"), 0, 0));
    assertThat(effect.rows().getFirst().differs()).isTrue();
  }

  @Test
  void rows_modelThatGetsAPrice_isNoLongerUnpriced() {
    effect.add(call("b"));

    assertThat(effect.rows())
        .containsExactly(
            new PriceEffect.Row(
                Provider.OPENAI, "b", 1, BigDecimal.ZERO, new BigDecimal("10"), 1, 0));
  }

  @Test
  void rows_modelThatNeitherBookKnows_doesNotDiffer() {
    effect.add(call("c"));

    assertThat(effect.rows()).singleElement().matches(row -> !row.differs());
  }

  private static UsageEvent call(String model) {
    UsageLine line = new UsageLine(null, TokenCounts.of(TokenClass.INPUT, 2_000_000));
    return event(Provider.OPENAI, model, usage(PricingTerms.UNSAID, line), Instant.EPOCH);
  }

  private static PriceBook book(String models) {
    return PriceBookFiles.read(utf8("{\"providers\": {\"OPENAI\": [" + models + "]}}"), OVERLAY);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
