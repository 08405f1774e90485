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
  private static final String CONTRADICTION = "invariant: ";

  public Usage {
    lines = List.copyOf(lines);
  }

  /** The reason of a usage that contradicts itself. */
  public static String contradiction(String what) {
    return CONTRADICTION + what;
  }

  /**
   * Whether the provider's own numbers cannot all be right, such as more cached tokens than input.
   * Such an event is counted, and shown as quarantined.
   */
  public boolean contradictsItself() {
    return reason != null && reason.startsWith(CONTRADICTION);
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
