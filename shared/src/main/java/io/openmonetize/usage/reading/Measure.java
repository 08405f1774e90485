package io.openmonetize.usage.reading;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.UsageLine;
import java.util.List;

/**
 * A usage object understood.
 *
 * @param raw the object as the provider wrote it
 */
public record Measure(List<UsageLine> lines, PricingTerms terms, String raw, Findings findings) {
  public Measure {
    lines = List.copyOf(lines);
  }

  boolean isEmpty() {
    return lines.stream().allMatch(line -> line.tokens().isEmpty() && line.units().isEmpty());
  }
}
