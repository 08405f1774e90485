package io.openmonetize.storage;

import org.jspecify.annotations.Nullable;

/**
 * One part of a key whose parts are joined by {@code #}. An id may hold any character, so {@code #}
 * and {@code %} are written as {@code %h} and {@code %p}; absence is the empty text and an empty
 * text is a lone {@code %}. Without this, customer {@code a#b} with user {@code c} and customer
 * {@code a} with user {@code b#c} would be one.
 */
final class KeyPart {
  private KeyPart() {}

  static String encode(@Nullable String part) {
    if (part == null) {
      return "";
    }
    if (part.isEmpty()) {
      return "%";
    }
    return part.replace("%", "%p").replace("#", "%h");
  }

  static @Nullable String decode(String part) {
    if (part.isEmpty()) {
      return null;
    }
    if (part.equals("%")) {
      return "";
    }
    return part.replace("%h", "#").replace("%p", "%");
  }

  static String join(@Nullable String... parts) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        key.append('#');
      }
      key.append(encode(parts[i]));
    }
    return key.toString();
  }

  /** The parts as they were given to {@link #join}. */
  static @Nullable String[] split(String key) {
    String[] encoded = key.split("#", -1);
    @Nullable String[] parts = new String[encoded.length];
    for (int i = 0; i < encoded.length; i++) {
      parts[i] = decode(encoded[i]);
    }
    return parts;
  }
}
