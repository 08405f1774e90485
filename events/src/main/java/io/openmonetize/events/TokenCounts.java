package io.openmonetize.events;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tokens of each class. Only classes with a positive count are kept, so two counts are
 * equal exactly when they mean the same.
 */
public record TokenCounts(Map<TokenClass, Long> byClass) {
  public static final TokenCounts NONE = new TokenCounts(Map.of());

  public TokenCounts {
    EnumMap<TokenClass, Long> kept = new EnumMap<>(TokenClass.class);
    byClass.forEach(
        (tokenClass, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(tokenClass.wireName() + " is negative: " + count);
          }
          if (count > 0) {
            kept.put(tokenClass, count);
          }
        });
    byClass = Collections.unmodifiableMap(kept);
  }

  public static TokenCounts of(TokenClass tokenClass, long count) {
    return new TokenCounts(Map.of(tokenClass, count));
  }

  public long get(TokenClass tokenClass) {
    return byClass.getOrDefault(tokenClass, 0L);
  }

  public boolean isEmpty() {
    return byClass.isEmpty();
  }

  /** The sum of all classes of one side, exact or an {@link ArithmeticException}. */
  public long total(TokenClass.Side side) {
    long sum = 0;
    for (Map.Entry<TokenClass, Long> entry : byClass.entrySet()) {
      if (entry.getKey().side() == side) {
        sum = Math.addExact(sum, entry.getValue());
      }
    }
    return sum;
  }

  public TokenCounts plus(TokenCounts other) {
    EnumMap<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
    sum.putAll(byClass);
    other.byClass.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Math::addExact));
    return new TokenCounts(sum);
  }
}
