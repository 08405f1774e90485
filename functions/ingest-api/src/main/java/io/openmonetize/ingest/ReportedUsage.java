package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The usage that the reporter states in fields of the event.
 *
 * <p>Tokens come as {@code input_tokens} and {@code output_tokens}, of the former {@code
 * cached_input_tokens} served from a cache, or as {@code tokens}, an object of our disjoint classes
 * ({@code {"input": 12, "cache_read": 3, "output": 5}}), not both. Other meters are {@code
 * image_count} ({@code images}), {@code duration_seconds} ({@code seconds}) and {@code quantity} of
 * a {@code unit_type}. {@code image_size}, {@code quality} and {@code resolution} have no price yet
 * and are kept with the rest as the raw usage.
 */
final class ReportedUsage {
  private static final Pattern UNIT = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private static final List<String> RAW_FIELDS =
      List.of(
          "input_tokens",
          "output_tokens",
          "cached_input_tokens",
          "tokens",
          "image_count",
          "image_size",
          "quality",
          "duration_seconds",
          "resolution",
          "unit_type",
          "quantity");

  private ReportedUsage() {}

  /** Null when the event states none. */
  static @Nullable Usage read(Fields event, @Nullable String model) throws InvalidFieldException {
    TokenCounts tokens = tokens(event);
    Map<String, BigDecimal> units = units(event);
    if (tokens == null && units.isEmpty()) {
      return null;
    }
    UsageLine line = new UsageLine(model, tokens == null ? TokenCounts.NONE : tokens, units);
    return new Usage(
        UsageStatus.EXACT, null, PricingTerms.UNSAID, List.of(line), Json.write(raw(event)));
  }

  /** What an event without any stated usage is taken for. */
  static Usage unstated(EventType type) {
    return switch (type) {
      case TOKEN_USAGE -> Usage.missing("no tokens reported");
      case IMAGE_GENERATION -> Usage.missing("no image_count reported");
      case VIDEO_GENERATION, AUDIO_PROCESSING -> Usage.missing("no duration_seconds reported");
      case API_CALL, FEATURE_ACCESS, CUSTOM -> Usage.none("no quantity reported");
    };
  }

  private static @Nullable TokenCounts tokens(Fields event) throws InvalidFieldException {
    Long input = event.countOrNull("input_tokens");
    Long output = event.countOrNull("output_tokens");
    Long cached = event.countOrNull("cached_input_tokens");
    Fields classes = event.objectOrNull("tokens");
    if (classes != null) {
      if (input != null || output != null || cached != null) {
        throw new InvalidFieldException(
            "tokens", "Give either tokens or input_tokens and output_tokens");
      }
      return classes(classes);
    }
    if (input == null && output == null && cached == null) {
      return null;
    }
    long inputTokens = input == null ? 0 : input;
    long cachedTokens = cached == null ? 0 : cached;
    if (cachedTokens > inputTokens) {
      throw new InvalidFieldException(
          "cached_input_tokens", "Must not be more than input_tokens, which includes them");
    }
    return new TokenCounts(
        Map.of(
            TokenClass.INPUT,
            inputTokens - cachedTokens,
            TokenClass.CACHE_READ,
            cachedTokens,
            TokenClass.OUTPUT,
            output == null ? 0 : output));
  }

  private static TokenCounts classes(Fields classes) throws InvalidFieldException {
    Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
    for (Map.Entry<String, JsonNode> entry : classes.entries()) {
      TokenClass tokenClass = TokenClass.ofWireName(entry.getKey()).orElse(null);
      if (tokenClass == null) {
        throw new InvalidFieldException("tokens", "Has a class that is not known");
      }
      Long count = classes.countOrNull(entry.getKey());
      if (count != null) {
        counts.put(tokenClass, count);
      }
    }
    return new TokenCounts(counts);
  }

  private static Map<String, BigDecimal> units(Fields event) throws InvalidFieldException {
    Map<String, BigDecimal> units = new HashMap<>();
    Long images = event.countOrNull("image_count");
    if (images != null) {
      if (images == 0) {
        throw new InvalidFieldException("image_count", "Number must be greater than 0");
      }
      units.put("images", BigDecimal.valueOf(images));
    }
    BigDecimal seconds = event.quantityOrNull("duration_seconds");
    if (seconds != null) {
      units.put("seconds", seconds);
    }
    String unit = event.textOrNull("unit_type", 64);
    BigDecimal quantity = event.quantityOrNull("quantity");
    if (unit != null || quantity != null) {
      if (unit == null || quantity == null) {
        throw new InvalidFieldException(
            unit == null ? "unit_type" : "quantity", "Required, as the other of the two is given");
      }
      if (!UNIT.matcher(unit).matches()) {
        throw new InvalidFieldException(
            "unit_type", "Must be a letter followed by letters, digits and any of _.-");
      }
      units.merge(unit, quantity, BigDecimal::add);
    }
    return units;
  }

  private static ObjectNode raw(Fields event) throws InvalidFieldException {
    for (String name : List.of("image_size", "quality", "resolution")) {
      event.textOrNull(name, 64);
    }
    ObjectNode raw = Json.object();
    for (String name : RAW_FIELDS) {
      JsonNode value = event.find(name);
      if (value != null) {
        raw.set(name, value);
      }
    }
    return raw;
  }
}
