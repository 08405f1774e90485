package io.openmonetize.query.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a call by name. A name that the route does not know is refused: a misspelt
 * filter that is passed over would show everything.
 */
public final class QueryParameters {
  /** As ids are taken everywhere; a longer one would not fit into a key of the tables. */
  private static final int BYTES_AT_MOST = 256;

  private final Map<String, String> values;

  private QueryParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @throws Refusal when a parameter is unknown, given twice or cannot be decoded
   */
  public static QueryParameters read(Request request, Set<String> known) {
    Map<String, String> values = QueryString.read(request.rawQuery());
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        String all = known.stream().sorted().collect(Collectors.joining(", "));
        throw Refusal.invalid(
            shown(name),
            known.isEmpty()
                ? "is no parameter of this path, which has none"
                : "is no parameter of this path; they are " + all);
      }
    }
    return new QueryParameters(values);
  }

  /** Text of at least one character, without control characters. */
  public @Nullable String text(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value.isEmpty()) {
      throw Refusal.invalid(name, "is empty; leave it out instead");
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > BYTES_AT_MOST) {
      throw Refusal.invalid(name, "is longer than " + BYTES_AT_MOST + " bytes");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid(name, "has a control character");
    }
    return value;
  }

  /** One of the words that the values go by. */
  public <T> @Nullable T oneOf(String name, T[] values, Function<T, String> word) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () -> {
              String words = Arrays.stream(values).map(word).collect(Collectors.joining(", "));
              return Refusal.invalid(name, "must be one of " + words);
            });
  }

  public int wholeNumber(String name, int fallback, int least, int most) {
    String text = text(name);
    if (text == null) {
      return fallback;
    }
    // Nine digits fit an int.
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Refusal.invalid(name, "must be a whole number from " + least + " to " + most);
  }

  /** A moment with its offset, as RFC 3339 writes it. */
  public @Nullable Instant instant(String name) {
    String text = text(name);
    // An offset's plus sign that was not percent-encoded has become a blank.
    return text == null ? null : Rfc3339.read(name, text.replace(' ', '+'));
  }

  private static String shown(String name) {
    boolean plain = name.matches("[A-Za-z0-9_.\\-\\[\\]]{1,64}");
    return plain ? name : "a parameter's name";
  }
}
