package io.openmonetize.pricing;

import java.util.List;

/**
 * How an event's cost comes about.
 *
 * @param parts in the order in which the usage names them; none where nothing was used or known
 */
public record PriceBreakdown(Cost cost, List<PricePart> parts) {
  public PriceBreakdown {
    parts = List.copyOf(parts);
  }
}
