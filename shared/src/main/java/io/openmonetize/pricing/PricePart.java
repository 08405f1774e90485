package io.openmonetize.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One part of what an event cost: the tokens of one class, or one unit, of one model.
 *
 * @param model the name by which the answer or the request calls it; null where neither does
 * @param name the wire name of a token class or of a unit
 * @param quantity how many, which may be a fraction for units
 */
public record PricePart(
    @Nullable String model, Kind kind, String name, BigDecimal quantity, Rate rate) {
  /** What is counted. */
  public enum Kind {
    TOKENS,
    UNITS
  }

  /** What the book says of it. */
  public sealed interface Rate {
    /**
     * @param usd US dollars for {@code per} of them, after tier, speed and geography
     * @param total what the whole part costs
     */
    record Listed(BigDecimal usd, BigDecimal per, BigDecimal total) implements Rate {}

    /** No price; part of the reason why the event is unpriced. */
    record Missing(String reason) implements Rate {}
  }
}
