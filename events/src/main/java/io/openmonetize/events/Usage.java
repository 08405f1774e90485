package io.openmonetize.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call used, and how sure that is.
 *
 * @param reason why the status is not {@link UsageStatus#EXACT}; null when it is
 * @param lines one for each model that worked; empty when nothing is known or nothing was used
 * @param raw the provider's usage object, verbatim JSON text; null when there was none
 */
public record Usage(
    UsageStatus status,
    @Nullable String reason,
    PricingTerms terms,
    List<UsageLine> lines,
    @Nullable String raw) {
  public Usage {
    lines = List.copyOf(lines);
  }

  /** Nothing billable happened, for the reason given. */
  public static Usage none(String reason) {
    return new Usage(UsageStatus.NONE, reason, PricingTerms.UNSAID, List.of(), null);
  }

  /** Something billable happened and nothing is known of it, for the reason given. */
  public static Usage missing(String reason) {
    return new Usage(UsageStatus.MISSING, reason, PricingTerms.UNSAID, List.of(), null);
  }

  /** All lines added up. */
  public TokenCounts tokens() {
    return lines.stream().map(UsageLine::tokens).reduce(TokenCounts.NONE, TokenCounts::plus);
  }
}
