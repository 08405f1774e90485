package io.openmonetize.usage.json;

import java.nio.charset.StandardCharsets;

/** The text of a JSON string, whose bytes may be anything. */
final class JsonText {
  private JsonText() {}

  /**
   * Decodes what stands between the quotes. Never fails: bytes that are no UTF-8 become U+FFFD, and
   * an escape that is none stands as it is.
   */
  static String unescape(byte[] bytes, int from, int length) {
    String raw = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i++);
      if (c != '\\' || i == raw.length()) {
        text.append(c);
        continue;
      }
      char escape = raw.charAt(i++);
      if (escape == 'u') {
        int code = hex4(raw, i);
        if (code >= 0) {
          text.append((char) code);
          i += 4;
          continue;
        }
      }
      text.append(simple(escape));
    }
    return text.toString();
  }

  private static char simple(char escape) {
    return switch (escape) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> escape;
    };
  }

  private static int hex4(String raw, int from) {
    if (from + 4 > raw.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(raw.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }
}
