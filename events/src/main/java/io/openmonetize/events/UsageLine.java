package io.openmonetize.events;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one model used in a call. Most calls have one line; a call in which a second model was asked
 * (Anthropic's advisor, OpenAI's image tool) has one for each, since each has its own price.
 *
 * @param model the model that did the work, in the provider's words; null when it was not said
 * @param units meters that are not tokens ({@code web_searches}, {@code images}, {@code seconds} …)
 */
public record UsageLine(@Nullable String model, TokenCounts tokens, Map<String, BigDecimal> units) {
  public UsageLine {
    Map<String, BigDecimal> kept = new TreeMap<>();
    // 5.620 and 5.62 are the same amount, and must make the same event.
    units.forEach((unit, amount) -> kept.put(unit, amount.stripTrailingZeros()));
    units = Collections.unmodifiableMap(kept);
  }

  public UsageLine(@Nullable String model, TokenCounts tokens) {
    this(model, tokens, Map.of());
  }
}
