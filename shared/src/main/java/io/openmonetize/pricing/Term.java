package io.openmonetize.pricing;

import io.openmonetize.events.PricingTerms;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What besides the model decides the price of a token. */
enum Term {
  SERVICE_TIER(
      "service_tier",
      Set.of("standard", "default", "auto", "on_demand", "traffic_type_unspecified")),
  SPEED("speed", Set.of("standard")),
  GEOGRAPHY("geography", Set.of("global", "not_available"));

  private final String wireName;

  /** Vertex's words for the tiers that the Gemini API names otherwise. */
  private static final Map<String, String> SYNONYMS =
      Map.of("on_demand_flex", "flex", "on_demand_priority", "priority");

  /**
   * The words with which providers say that nothing special was bought, or that nothing is said:
   * {@code auto} is what a request leaves to the provider.
   */
  private final Set<String> ordinary;

  Term(String wireName, Set<String> ordinary) {
    this.wireName = wireName;
    this.ordinary = ordinary;
  }

  /** Its name in price files. */
  String wireName() {
    return wireName;
  }

  /** Its name in a sentence. */
  String spoken() {
    return wireName.replace('_', ' ');
  }

  /** What the answer says of it, in lower case; empty when nothing special was bought. */
  Optional<String> special(PricingTerms terms) {
    @Nullable String said =
        switch (this) {
          case SERVICE_TIER -> terms.serviceTier();
          case SPEED -> terms.speed();
          case GEOGRAPHY -> terms.geography();
        };
    return Optional.ofNullable(said)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .map(text -> this == SERVICE_TIER ? SYNONYMS.getOrDefault(text, text) : text)
        .filter(text -> !ordinary.contains(text));
  }
}
