package io.openmonetize.pricing;

import io.openmonetize.events.PricingTerms;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What besides the model decides the price of a token. */
enum Term {
  SERVICE_TIER("service_tier", Set.of("standard", "default", "on_demand")),
  SPEED("speed", Set.of("standard")),
  GEOGRAPHY("geography", Set.of("global", "not_available"));

  private final String wireName;

  /** The words with which providers say that nothing special was bought. */
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
        .filter(text -> !ordinary.contains(text));
  }
}
