package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object's fields, checked as they are read. Null counts as absent, and unknown fields are
 * passed over. The reasons are worded as existing clients know them.
 */
final class Fields {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** More tokens than any call can use, and few enough that a ledger can add them for ever. */
  private static final BigDecimal COUNT_AT_MOST = BigDecimal.valueOf(1_000_000_000_000L);

  private static final int WHOLE_DIGITS_AT_MOST = 12;
  private static final int DECIMALS_AT_MOST = 9;

  private final JsonNode object;
  private final String path;

  Fields(JsonNode object) {
    this(object, "");
  }

  private Fields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  @Nullable JsonNode find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String name) {
    return find(name) != null;
  }

  String uuid(String name) throws InvalidFieldException {
    String text = required(name, textOrNull(name, 64));
    if (!UUID.matcher(text).matches()) {
      throw new InvalidFieldException(name, "Invalid uuid");
    }
    return text;
  }

  String text(String name, int bytesAtMost) throws InvalidFieldException {
    return required(name, textOrNull(name, bytesAtMost));
  }

  /** Not empty, of at most so many bytes of UTF-8, without control characters. */
  @Nullable String textOrNull(String name, int bytesAtMost) throws InvalidFieldException {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidFieldException(
          path + name, "Expected string, received " + Json.typeOf(value));
    }
    String text = value.textValue();
    if (text.isEmpty()) {
      throw new InvalidFieldException(path + name, "String must contain at least 1 character(s)");
    }
    if (!QueueText.isSendable(text) || text.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidFieldException(path + name, "Contains a character that is not allowed");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > bytesAtMost) {
      throw new InvalidFieldException(
          path + name, "String must be at most " + bytesAtMost + " bytes long");
    }
    return text;
  }

  <E extends Enum<E>> E word(Class<E> type, String name) throws InvalidFieldException {
    return required(name, wordOrNull(type, name));
  }

  <E extends Enum<E>> @Nullable E wordOrNull(Class<E> type, String name)
      throws InvalidFieldException {
    String text = textOrNull(name, 64);
    if (text == null) {
      return null;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw new InvalidFieldException(path + name, "Invalid enum value");
  }

  /** False where it is absent. */
  boolean flag(String name) throws InvalidFieldException {
    JsonNode value = find(name);
    if (value != null && !value.isBoolean()) {
      throw new InvalidFieldException(
          path + name, "Expected boolean, received " + Json.typeOf(value));
    }
    return value != null && value.booleanValue();
  }

  /** A whole number, not negative. */
  @Nullable Long countOrNull(String name) throws InvalidFieldException {
    BigDecimal number = numberOrNull(name);
    if (number == null) {
      return null;
    }
    if (number.signum() < 0) {
      throw new InvalidFieldException(path + name, "Number must be greater than or equal to 0");
    }
    if (number.compareTo(COUNT_AT_MOST) > 0) {
      throw new InvalidFieldException(
          path + name, "Number must be less than or equal to " + COUNT_AT_MOST);
    }
    // Not before the bound above: a number may have a thousand million zeros.
    if (number.scale() > 0 && number.stripTrailingZeros().scale() > 0) {
      throw new InvalidFieldException(path + name, "Expected integer, received a fraction");
    }
    return number.longValue();
  }

  /** A decimal number above zero. */
  @Nullable BigDecimal quantityOrNull(String name) throws InvalidFieldException {
    BigDecimal number = numberOrNull(name);
    if (number == null) {
      return null;
    }
    if (number.signum() <= 0) {
      throw new InvalidFieldException(path + name, "Number must be greater than 0");
    }
    BigDecimal stripped = number.stripTrailingZeros();
    // In longs: the scale of 1e2147483647 is near the end of the ints.
    if ((long) stripped.precision() - stripped.scale() > WHOLE_DIGITS_AT_MOST
        || stripped.scale() > DECIMALS_AT_MOST) {
      throw new InvalidFieldException(
          path + name,
          "Number must have at most "
              + WHOLE_DIGITS_AT_MOST
              + " digits before and "
              + DECIMALS_AT_MOST
              + " after the point");
    }
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  @Nullable Fields objectOrNull(String name) throws InvalidFieldException {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw new InvalidFieldException(
          path + name, "Expected object, received " + Json.typeOf(value));
    }
    return new Fields(value, path + name + ".");
  }

  Set<Map.Entry<String, JsonNode>> entries() {
    return object.properties();
  }

  JsonNode node() {
    return object;
  }

  private @Nullable BigDecimal numberOrNull(String name) throws InvalidFieldException {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw new InvalidFieldException(
          path + name, "Expected number, received " + Json.typeOf(value));
    }
    return value.decimalValue();
  }

  private <T> T required(String name, @Nullable T value) throws InvalidFieldException {
    if (value == null) {
      throw new InvalidFieldException(path + name, "Required");
    }
    return value;
  }
}
