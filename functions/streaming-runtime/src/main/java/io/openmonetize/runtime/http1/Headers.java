package io.openmonetize.runtime.http1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header fields in the order of the wire. Names match without regard to case; values are Latin-1.
 */
public record Headers(List<Field> fields) {
  /** One header line. */
  public record Field(String name, String value) {}

  public static final Headers NONE = new Headers(List.of());

  public Headers {
    fields = List.copyOf(fields);
  }

  /** Names and values in turn: {@code Headers.of("accept", "text/html", "te", "trailers")}. */
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(fields);
  }

  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return Optional.of(field.value);
      }
    }
    return Optional.empty();
  }

  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        values.add(field.value);
      }
    }
    return values;
  }

  public boolean contains(String name) {
    return first(name).isPresent();
  }

  /** Whether a member of a comma-separated list field, such as {@code Connection}, is this word. */
  public boolean lists(String name, String word) {
    for (String value : all(name)) {
      for (String member : value.split(",")) {
        if (Syntax.trim(member).equalsIgnoreCase(word)) {
          return true;
        }
      }
    }
    return false;
  }

  /** These fields and one more. */
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /** These fields less those of a name. */
  public Headers without(String name) {
    List<Field> fewer = new ArrayList<>(fields);
    fewer.removeIf(field -> field.name.equalsIgnoreCase(name));
    return new Headers(fewer);
  }
}
