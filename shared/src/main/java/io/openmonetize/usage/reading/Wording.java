package io.openmonetize.usage.reading;

import org.jspecify.annotations.Nullable;

/** What may be taken over from an answer into an event: short names, never text. */
public final class Wording {
  private static final int MAX_NAME = 256;
  private static final int MAX_TYPE = 64;

  private Wording() {}

  /** A model's name or an id; null if it is too long or holds control characters. */
  public static @Nullable String name(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_NAME) {
      return null;
    }
    return text.chars().allMatch(c -> c >= ' ' && c != 0x7F) ? text : null;
  }

  /** A word of a protocol, such as an error's type; {@code unrecognised} if it looks like none. */
  public static @Nullable String word(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    boolean identifier = text.length() <= MAX_TYPE && text.chars().allMatch(Wording::isIdentifier);
    return identifier ? text : "unrecognised";
  }

  private static boolean isIdentifier(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}
