package io.openmonetize.storage;

import java.math.BigDecimal;

/**
 * What a re-rating saw and did.
 *
 * @param events that it looked at
 * @param corrected those of them that have another cost now
 * @param beforeUsd what all of them cost, as far as they had a price
 */
public record ReratingTotals(
    long events,
    long corrected,
    BigDecimal beforeUsd,
    BigDecimal afterUsd,
    long unpricedBefore,
    long unpricedAfter) {
  public static final ReratingTotals NONE =
      new ReratingTotals(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0);

  /** Decimals are kept without trailing zeros, so that totals which mean the same are equal. */
  public ReratingTotals {
    beforeUsd = beforeUsd.stripTrailingZeros();
    afterUsd = afterUsd.stripTrailingZeros();
  }

  public ReratingTotals plus(ReratingTotals other) {
    return new ReratingTotals(
        events + other.events,
        corrected + other.corrected,
        beforeUsd.add(other.beforeUsd),
        afterUsd.add(other.afterUsd),
        unpricedBefore + other.unpricedBefore,
        unpricedAfter + other.unpricedAfter);
  }
}
