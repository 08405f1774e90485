package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service tier, a speed or a geography does to the price of tokens. Units that are not
 * tokens keep their price: no provider publishes another.
 *
 * @param values what the answer says, in lower case
 * @param models the names of the models for which it is published; empty for every model
 * @param classes of the tokens for which it is published
 * @param from since when
 * @param inputTokensMost a longer call has no published price
 */
record TermPrice(
    Provider provider,
    Term term,
    Set<String> values,
    Set<String> models,
    Set<TokenClass> classes,
    Instant from,
    long inputTokensMost,
    Effect effect) {
  /** What it does to the standard price. */
  sealed interface Effect {
    record Times(BigDecimal factor) implements Effect {}

    /** Prices of its own, in US dollars per million tokens. */
    record Instead(Map<TokenClass, BigDecimal> perMillionTokens) implements Effect {}
  }

  boolean holds(TokenCall call, Term ofTerm, String value, TokenClass tokenClass) {
    return provider == call.provider()
        && term == ofTerm
        && values.contains(value)
        && (models.isEmpty() || models.contains(call.model().name()))
        && classes.contains(tokenClass)
        && !call.time().isBefore(from)
        && call.inputTokens() <= inputTokensMost;
  }

  Optional<BigDecimal> apply(BigDecimal standard, TokenClass tokenClass) {
    return switch (effect) {
      case Effect.Times(BigDecimal factor) -> Optional.of(standard.multiply(factor));
      case Effect.Instead(Map<TokenClass, BigDecimal> prices) ->
          Optional.ofNullable(prices.getOrDefault(tokenClass, prices.get(StandIns.of(tokenClass))));
    };
  }
}
