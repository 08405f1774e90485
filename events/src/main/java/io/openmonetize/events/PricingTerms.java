package io.openmonetize.events;

import org.jspecify.annotations.Nullable;

/**
 * What besides the model decides the price, as the provider's <em>response</em> says it (the
 * request may have asked for something else). Null where the response is silent.
 *
 * @param serviceTier {@code standard}, {@code default}, {@code priority}, {@code flex}, {@code
 *     batch} …
 * @param speed Anthropic's {@code usage.speed}: {@code standard} or {@code fast}
 * @param geography Anthropic's {@code usage.inference_geo}
 */
public record PricingTerms(
    @Nullable String serviceTier, @Nullable String speed, @Nullable String geography) {
  public static final PricingTerms UNSAID = new PricingTerms(null, null, null);
}
