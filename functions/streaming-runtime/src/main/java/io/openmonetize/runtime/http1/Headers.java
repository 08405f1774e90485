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
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(Field::value).findFirst();
  }

  public List<String> all(String name) {
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(Field::value).toList();
  }

  public boolean contains(String name) {
    return fields.stream().anyMatch(f -> f.name.equalsIgnoreCase(name));
  }

  /** These fields and one more. */
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }
}
