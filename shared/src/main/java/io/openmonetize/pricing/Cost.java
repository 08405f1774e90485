package io.openmonetize.pricing;

import java.math.BigDecimal;

/** What an event cost, or why nobody can say. Zero is a price. */
public sealed interface Cost {
  /**
   * @param usd exact, never rounded
   * @param priceBook the version of the book that gave the prices
   */
  record Priced(BigDecimal usd, String priceBook) implements Cost {}

  /**
   * @param reason such as {@code no price for model x} or {@code no price for service tier y}
   * @param priceBook the version of the book that has no price
   */
  record Unpriced(String reason, String priceBook) implements Cost {}
}
