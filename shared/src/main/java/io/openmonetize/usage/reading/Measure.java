package io.openmonetize.usage.reading;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.UsageLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A usage object understood.
 *
 * @param raw the object as the provider wrote it; null where something else than one was measured
 */
public record Measure(
    List<UsageLine> lines, PricingTerms terms, @Nullable String raw, Findings findings) {
  public Measure {
    lines = List.copyOf(lines);
  }

  /** The same in the service tier that is known from elsewhere than the usage object. */
  public Measure inTier(String serviceTier) {
    PricingTerms inTier = new PricingTerms(serviceTier, terms.speed(), terms.geography());
    return new Measure(lines, inTier, raw, findings);
  }

  boolean isEmpty() {
    return lines.stream().allMatch(line -> line.tokens().isEmpty() && line.units().isEmpty());
  }
}
