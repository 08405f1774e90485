package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first line and the fields of one message, where they were read. */
final class Head {
  private static final int LIMIT = 64 * 1024;

  private byte[] bytes = new byte[2048];
  private int length;

  void clear() {
    length = 0;
  }

  void add(byte b) {
    if (length == bytes.length) {
      if (length == LIMIT) {
        throw new IllegalStateException("a head without end: " + firstLine());
      }
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = b;
  }

  /** Whether the message begins so. */
  boolean startsWith(byte[] prefix) {
    return isAt(0, prefix);
  }

  boolean isAt(int from, byte[] text) {
    int to = from + text.length;
    return to <= length && Arrays.equals(bytes, from, to, text, 0, text.length);
  }

  /** The three digits of a response. */
  int status() {
    return (int) Digits.read(bytes, "HTTP/1.1 ".length(), 3);
  }

  /** The number from this place in the first line on. */
  long number(int from) {
    return Digits.read(bytes, from, length - from);
  }

  String firstLine() {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    return text.substring(0, Math.max(0, text.indexOf('\r')));
  }

  /** What was read, for whoever knows a place in it. */
  byte[] array() {
    return bytes;
  }

  /** Where the value of a field begins, or -1. */
  int find(byte[] lowerCaseName) {
    for (int line = lineAfter(0); line < length; line = lineAfter(line)) {
      int at = line + lowerCaseName.length;
      if (at < length && bytes[at] == ':' && named(line, lowerCaseName)) {
        at++;
        while (bytes[at] == ' ') {
          at++;
        }
        return at;
      }
    }
    return -1;
  }

  /** Whether the value at this place ends so; case is of no matter. */
  boolean valueEndsWith(int value, byte[] lowerCaseEnd) {
    int end = value;
    while (bytes[end] != '\r') {
      end++;
    }
    int from = end - lowerCaseEnd.length;
    return from >= value && named(from, lowerCaseEnd);
  }

  private boolean named(int from, byte[] lowerCase) {
    for (int i = 0; i < lowerCase.length; i++) {
      int b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private int lineAfter(int from) {
    int at = from;
    while (at < length && bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }
}
