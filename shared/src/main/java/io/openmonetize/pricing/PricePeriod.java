package io.openmonetize.pricing;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prices of one model from a day on.
 *
 * @param perMillionTokens US dollars per million tokens of a class
 * @param units US dollars per so many of a unit that is not a token
 * @param longContexts by rising size; the last one that the input exceeds prices the whole call
 * @param withReasoning prices that hold instead, for all of a call's tokens, where the model
 *     reasoned
 */
record PricePeriod(
    Map<TokenClass, BigDecimal> perMillionTokens,
    Map<String, UnitPrice> units,
    List<LongContext> longContexts,
    Map<TokenClass, BigDecimal> withReasoning) {
  /**
   * @param usd the price of {@code per} units, such as 10 dollars for 1000 searches
   */
  record UnitPrice(BigDecimal usd, BigDecimal per) {}

  /** Prices that hold once a call has more input tokens than this. */
  record LongContext(long inputTokens, Map<TokenClass, BigDecimal> perMillionTokens) {}

  /** The price of a class in a call with so many input tokens. */
  Optional<BigDecimal> perMillion(TokenClass tokenClass, long inputTokens) {
    BigDecimal price = perMillionTokens.get(tokenClass);
    for (LongContext longer : longContexts) {
      if (inputTokens > longer.inputTokens) {
        price = longer.perMillionTokens.getOrDefault(tokenClass, price);
      }
    }
    return Optional.ofNullable(price);
  }

  /** The prices that hold for a call with these tokens, but for the length of its input. */
  PricePeriod forTokens(TokenCounts tokens) {
    if (withReasoning.isEmpty() || !tokens.byClass().containsKey(TokenClass.REASONING)) {
      return this;
    }
    Map<TokenClass, BigDecimal> prices = new EnumMap<>(TokenClass.class);
    prices.putAll(perMillionTokens);
    prices.putAll(withReasoning);
    return new PricePeriod(prices, units, longContexts, Map.of());
  }

  /** This with more prices. */
  PricePeriod plus(PriceFile.Addition addition) {
    Map<String, UnitPrice> allUnits = new HashMap<>(units);
    allUnits.putAll(addition.units());
    return new PricePeriod(
        plus(perMillionTokens, addition),
        allUnits,
        longContexts.stream()
            .map(l -> new LongContext(l.inputTokens, plus(l.perMillionTokens, addition)))
            .toList(),
        withReasoning);
  }

  private static Map<TokenClass, BigDecimal> plus(
      Map<TokenClass, BigDecimal> prices, PriceFile.Addition addition) {
    Map<TokenClass, BigDecimal> all = new EnumMap<>(TokenClass.class);
    all.putAll(prices);
    all.putAll(addition.perMillionTokens());
    addition
        .samePrice()
        .forEach(
            (tokenClass, as) -> {
              BigDecimal price = prices.get(as);
              if (price != null) {
                all.put(tokenClass, price);
              }
            });
    return all;
  }
}
