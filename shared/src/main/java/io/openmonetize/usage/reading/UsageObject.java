package io.openmonetize.usage.reading;

import io.openmonetize.usage.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider's usage object, or one inside it. A member that is null or absent is not said, and not
 * zero; a member that should count and does not is a finding, and then not said.
 */
public record UsageObject(JsonValue.JsonObject fields, Findings findings) {
  /**
   * No single count may be larger, so that no sum of counts can leave a {@code long}; the largest
   * contexts of today are a few million tokens.
   */
  private static final BigDecimal MAX_COUNT = new BigDecimal(1_000_000_000_000_000L);

  /** Counts of so many digits are all below the largest. */
  private static final int PLAIN_DIGITS = 15;

  /** More digits than this are no quantity. */
  private static final int MAX_DIGITS = 40;

  /** The outermost object, with no findings but that a name stands twice in it, if one does. */
  public static UsageObject of(JsonValue.JsonObject fields) {
    Findings findings = new Findings();
    if (fields.duplicated()) {
      findings.violation("a name stands twice");
    }
    return new UsageObject(fields, findings);
  }

  /** Whether anything but null stands there, a count or not. */
  public boolean mentions(String name) {
    return fields.get(name) != JsonValue.JsonNull.NULL;
  }

  /** Whether a count stands there. */
  public boolean says(String name) {
    return plain(name) >= 0 || number(name).isPresent();
  }

  /** The count; 0 where it is not said. */
  public long count(String name) {
    long plain = plain(name);
    return plain >= 0 ? plain : number(name).map(UsageObject::whole).orElse(0L);
  }

  /** A count under the first of several names that is said; 0 where none is. */
  public long countOf(String... names) {
    for (String name : names) {
      if (says(name)) {
        return count(name);
      }
    }
    return 0;
  }

  /** A quantity that need not be whole, such as seconds. */
  public Optional<BigDecimal> quantity(String name) {
    Optional<BigDecimal> parsed = parse(fields.get(name));
    if (parsed.isEmpty() && fields.get(name) != JsonValue.JsonNull.NULL) {
      findings.violation(name + " is not a quantity");
    }
    return parsed;
  }

  /** The object inside; an empty one where there is none. */
  public UsageObject child(String name) {
    return new UsageObject(
        fields.get(name) instanceof JsonValue.JsonObject object
            ? object
            : JsonValue.JsonObject.EMPTY,
        findings);
  }

  /** The object under the first of several names that there is; else an empty one. */
  public UsageObject childOf(String... names) {
    for (String name : names) {
      UsageObject child = child(name);
      if (!child.isEmpty()) {
        return child;
      }
    }
    return new UsageObject(JsonValue.JsonObject.EMPTY, findings);
  }

  /** The objects of an array inside; none where there is none. */
  public List<UsageObject> children(String name) {
    if (!(fields.get(name) instanceof JsonValue.JsonArray array)) {
      return List.of();
    }
    return array.elements().stream()
        .filter(JsonValue.JsonObject.class::isInstance)
        .map(element -> new UsageObject((JsonValue.JsonObject) element, findings))
        .toList();
  }

  /** A string that is not empty, else null. */
  public @Nullable String text(String name) {
    return fields.get(name) instanceof JsonValue.JsonString string && !string.text().isEmpty()
        ? Wording.name(string.text())
        : null;
  }

  public boolean isEmpty() {
    return fields.members().isEmpty();
  }

  /**
   * The count where it is written as counts are, in a few digits; else -1. Each answer asks for
   * some thirty counts, and a decimal for each is most of what settling it costs.
   */
  private long plain(String name) {
    if (!(fields.get(name) instanceof JsonValue.JsonNumber(String digits))
        || digits.length() > PLAIN_DIGITS) {
      return -1;
    }
    long count = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      count = 10 * count + digit - '0';
    }
    return count;
  }

  private Optional<BigDecimal> number(String name) {
    JsonValue value = fields.get(name);
    if (value == JsonValue.JsonNull.NULL) {
      return Optional.empty();
    }
    Optional<BigDecimal> number = parse(value).filter(n -> n.stripTrailingZeros().scale() <= 0);
    if (number.isEmpty()) {
      findings.violation(name + " is not a count");
    }
    return number;
  }

  private static Optional<BigDecimal> parse(JsonValue value) {
    if (!(value instanceof JsonValue.JsonNumber number) || number.digits().length() > MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(number.digits()))
          .filter(n -> n.signum() >= 0 && n.compareTo(MAX_COUNT) <= 0);
    } catch (NumberFormatException beyondAnyNumber) {
      return Optional.empty();
    }
  }

  private static long whole(BigDecimal number) {
    return number.longValueExact();
  }
}
