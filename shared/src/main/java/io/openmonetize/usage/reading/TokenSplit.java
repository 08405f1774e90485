package io.openmonetize.usage.reading;

import io.openmonetize.events.TokenClass;
import java.util.EnumMap;
import java.util.Map;

/**
 * A provider's total taken apart into disjoint classes: parts that are named, and the rest. Parts
 * that exceed the total contradict it; then the total stands unsplit, as a finding.
 */
public final class TokenSplit {
  private final String name;
  private final long total;
  private final Findings findings;
  private final Map<TokenClass, Long> parts = new EnumMap<>(TokenClass.class);
  private long taken;

  /**
   * @param name the provider's name of the total, for the finding
   */
  public TokenSplit(String name, long total, Findings findings) {
    this.name = name;
    this.total = total;
    this.findings = findings;
  }

  public TokenSplit take(TokenClass tokenClass, long count) {
    parts.merge(tokenClass, count, Math::addExact);
    taken = Math.addExact(taken, count);
    return this;
  }

  /** What no part has taken yet; never negative. */
  public long left() {
    return Math.max(0, total - taken);
  }

  /** Adds the parts to the counts, and what is left under the class given. */
  public void addTo(Map<TokenClass, Long> counts, TokenClass restClass) {
    if (taken > total) {
      findings.violation("details exceed " + name);
      counts.merge(restClass, total, Math::addExact);
      return;
    }
    parts.forEach((tokenClass, count) -> counts.merge(tokenClass, count, Math::addExact));
    counts.merge(restClass, total - taken, Math::addExact);
  }
}
