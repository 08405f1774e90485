package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the API's forms of numbers and times. What is missing is an answer of something else. */
final class Values {
  private Values() {}

  /** An answer that is not as the API says. */
  static final class UnexpectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnexpectedException(String field) {
      super("The answer has no proper " + field);
    }
  }

  static BigDecimal decimal(JsonNode object, String field) {
    BigDecimal value = decimalOrNull(object, field);
    if (value == null) {
      throw new UnexpectedException(field);
    }
    return value;
  }

  static @Nullable BigDecimal decimalOrNull(JsonNode object, String field) {
    String text = textOrNull(object, field);
    try {
      return text == null ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new UnexpectedException(field);
    }
  }

  static String text(JsonNode object, String field) {
    String text = textOrNull(object, field);
    if (text == null) {
      throw new UnexpectedException(field);
    }
    return text;
  }

  static @Nullable String textOrNull(JsonNode object, String field) {
    return object.path(field).textValue();
  }

  static Instant instant(JsonNode object, String field) {
    Instant value = instantOrNull(object, field);
    if (value == null) {
      throw new UnexpectedException(field);
    }
    return value;
  }

  static @Nullable Instant instantOrNull(JsonNode object, String field) {
    String text = textOrNull(object, field);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnexpectedException(field);
    }
  }

  static long count(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new UnexpectedException(field);
    }
    return value.longValue();
  }

  static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new LinkedHashMap<>();
    object.properties().forEach(entry -> counts.put(entry.getKey(), count(object, entry.getKey())));
    return Map.copyOf(counts);
  }

  static Map<String, BigDecimal> decimals(JsonNode object) {
    Map<String, BigDecimal> decimals = new LinkedHashMap<>();
    object
        .properties()
        .forEach(entry -> decimals.put(entry.getKey(), decimal(object, entry.getKey())));
    return Map.copyOf(decimals);
  }
}
