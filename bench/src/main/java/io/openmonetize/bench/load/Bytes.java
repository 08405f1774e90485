package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are gathered, and searched where they are. */
final class Bytes {
  private byte[] bytes = new byte[4096];
  private int length;

  void clear() {
    length = 0;
  }

  void add(byte[] source, int from, int to) {
    int needed = length + to - from;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    System.arraycopy(source, from, bytes, length, to - from);
    length = needed;
  }

  void add(byte b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = b;
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  byte at(int index) {
    return bytes[index];
  }

  /** Where what follows the text begins, or -1. */
  int after(byte[] text) {
    for (int i = 0; i + text.length <= length; i++) {
      if (bytes[i] == text[0] && isAt(i, text)) {
        return i + text.length;
      }
    }
    return -1;
  }

  boolean isAt(int from, byte[] text) {
    int to = from + text.length;
    return to <= length && Arrays.equals(bytes, from, to, text, 0, text.length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
