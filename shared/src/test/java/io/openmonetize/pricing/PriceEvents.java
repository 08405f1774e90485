package io.openmonetize.pricing;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events to be priced. */
final class PriceEvents {
  private PriceEvents() {}

  static Usage usage(PricingTerms terms, UsageLine... lines) {
    return new Usage(UsageStatus.EXACT, null, terms, List.of(lines), null);
  }

  static UsageEvent event(Provider provider, String model, TokenCounts tokens, Instant time) {
    return event(provider, model, usage(PricingTerms.UNSAID, new UsageLine(null, tokens)), time);
  }

  static UsageEvent event(
      @Nullable Provider provider, @Nullable String model, Usage usage, Instant time) {
    return new UsageEvent(
        "e",
        new EventIdentity.ById("e"),
        EventType.TOKEN_USAGE,
        time,
        Source.PROXY,
        "dev",
        null,
        new Attribution("c", "u", null, "f", null),
        provider,
        model,
        null,
        "messages",
        false,
        usage,
        Call.REPORTED);
  }
}
