package io.openmonetize.query.routes;

import io.openmonetize.events.TokenClass;
import io.openmonetize.storage.Rollup;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** By what groups are put in order. */
enum Metric {
  /** What is certain: of events without a price, what they cost at least. */
  COST("cost", sum -> sum.costUsd().add(sum.unpricedKnownUsd())),
  INPUT_TOKENS("input_tokens", sum -> BigDecimal.valueOf(sum.inputTokens())),
  OUTPUT_TOKENS("output_tokens", sum -> BigDecimal.valueOf(sum.outputTokens())),
  CACHED_TOKENS("cached_tokens", sum -> BigDecimal.valueOf(cachedTokens(sum))),
  TOKENS("tokens", sum -> BigDecimal.valueOf(sum.inputTokens() + sum.outputTokens())),
  EVENTS("events", sum -> BigDecimal.valueOf(sum.events()));

  private static final Set<TokenClass> CACHED =
      Set.of(
          TokenClass.CACHE_READ,
          TokenClass.CACHE_READ_AUDIO,
          TokenClass.CACHE_READ_IMAGE,
          TokenClass.CACHE_READ_VIDEO);

  private final String wireName;
  private final Function<Rollup, BigDecimal> of;

  Metric(String wireName, Function<Rollup, BigDecimal> of) {
    this.wireName = wireName;
    this.of = of;
  }

  String wireName() {
    return wireName;
  }

  BigDecimal of(Rollup sum) {
    return of.apply(sum);
  }

  /** Input that a cache served. */
  static long cachedTokens(Rollup sum) {
    return sum.tokens().byClass().entrySet().stream()
        .filter(entry -> CACHED.contains(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
