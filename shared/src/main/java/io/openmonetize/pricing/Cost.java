package io.openmonetize.pricing;

import java.math.BigDecimal;

/** What an event cost, or why nobody can say. Zero is a price. */
public sealed interface Cost {
  /**
   * @param usd exact, never rounded
   * @param priceBook the version of the book that gave the prices
   */
  record Priced(BigDecimal usd, String priceBook) implements Cost {
    @Override
    public BigDecimal knownUsd() {
      return usd;
    }
  }

  /**
   * @param reason such as {@code no price for model x} or {@code no price for service tier y}
   * @param priceBook the version of the book that has no price
   * @param knownUsd what the parts with a price cost: the event cost that much or more. Zero where
   *     nothing is known
   */
  record Unpriced(String reason, String priceBook, BigDecimal knownUsd) implements Cost {
    /** Nothing is known of what it cost. */
    public Unpriced(String reason, String priceBook) {
      this(reason, priceBook, BigDecimal.ZERO);
    }
  }

  /** What a sum of costs counts, in US dollars: nothing where it is unpriced. */
  default BigDecimal pricedUsd() {
    return isPriced() ? knownUsd() : BigDecimal.ZERO;
  }

  default boolean isPriced() {
    return this instanceof Priced;
  }

  /** What the event cost at least, in US dollars; all of its cost where it is priced. */
  BigDecimal knownUsd();

  /** The version of the book that was asked. */
  String priceBook();
}
