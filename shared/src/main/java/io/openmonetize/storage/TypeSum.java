package io.openmonetize.storage;

import java.math.BigDecimal;

/**
 * What the events of one type come to.
 *
 * @param costUsd of those that have a price
 */
public record TypeSum(long events, BigDecimal costUsd) {
  public TypeSum {
    costUsd = costUsd.stripTrailingZeros();
  }

  /** Exact, or an {@link ArithmeticException}. */
  TypeSum plus(TypeSum other) {
    return new TypeSum(Math.addExact(events, other.events), costUsd.add(other.costUsd));
  }
}
