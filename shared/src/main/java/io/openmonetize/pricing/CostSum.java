package io.openmonetize.pricing;

import io.openmonetize.events.UsageLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the parts of an event's cost. A part without a price leaves the event unpriced, for the
 * first such part's reason, and the parts that have one are what it cost at least.
 */
final class CostSum {
  private final List<PricePart> parts = new ArrayList<>();
  private BigDecimal usd = BigDecimal.ZERO;
  private @Nullable String reason;

  /** The price of a quantity. */
  interface Lookup {
    PricePart.Rate.Listed of(BigDecimal quantity) throws NoPriceException;
  }

  void add(String model, PricePart.Kind kind, String name, BigDecimal quantity, Lookup lookup) {
    try {
      PricePart.Rate.Listed rate = lookup.of(quantity);
      usd = usd.add(rate.total());
      parts.add(new PricePart(model, kind, name, quantity, rate));
    } catch (NoPriceException e) {
      addMissing(model, kind, name, quantity, e.reason());
    }
  }

  /** A line of which no part has a price. */
  void addUnlisted(@Nullable String model, UsageLine line, String why) {
    // A line may count nothing, and still is of a model that costs nobody knows what.
    keepFirst(why);
    line.tokens()
        .byClass()
        .forEach(
            (tokenClass, count) ->
                addMissing(
                    model,
                    PricePart.Kind.TOKENS,
                    tokenClass.wireName(),
                    BigDecimal.valueOf(count),
                    why));
    line.units()
        .forEach((unit, count) -> addMissing(model, PricePart.Kind.UNITS, unit, count, why));
  }

  PriceBreakdown breakdown(String version) {
    BigDecimal stripped = usd.stripTrailingZeros();
    BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    return new PriceBreakdown(
        reason == null
            ? new Cost.Priced(plain, version)
            : new Cost.Unpriced(reason, version, plain),
        parts);
  }

  private void addMissing(
      @Nullable String model, PricePart.Kind kind, String name, BigDecimal quantity, String why) {
    keepFirst(why);
    parts.add(new PricePart(model, kind, name, quantity, new PricePart.Rate.Missing(why)));
  }

  private void keepFirst(String why) {
    if (reason == null) {
      reason = why;
    }
  }
}
