package io.openmonetize.storage;

import java.math.BigDecimal;

/**
 * What the events of one type come to.
 *
 * @param costUsd of those that have a price
 * @param unpriced those whose cost nobody can say
 */
public record TypeSum(long events, BigDecimal costUsd, long unpriced) {
  public TypeSum {
    costUsd = costUsd.stripTrailingZeros();
  }

  /** Exact, or an {@link ArithmeticException}. */
  TypeSum plus(TypeSum other) {
    return new TypeSum(
        Math.addExact(events, other.events),
        costUsd.add(other.costUsd),
        Math.addExact(unpriced, other.unpriced));
  }

  TypeSum minus(TypeSum other) {
    return plus(new TypeSum(-other.events, other.costUsd.negate(), -other.unpriced));
  }
}
