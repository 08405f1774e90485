package io.openmonetize.usage.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The two loops in which the scanner spends its time, eight bytes a step: text and skipped
 * structure are nearly all of an answer, and almost no byte of them means anything.
 */
final class JsonBytes {
  // Little-endian on every machine: then the lowest set bit belongs to the first byte that hit, and
  // what a borrow may have set above it does not matter.
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';
  private static final long OPENS = ONES * '{';
  private static final long CLOSES = ONES * '}';

  private JsonBytes() {}

  /** Where the first quote, backslash or control character stands, or {@code to}. */
  static int endOfText(byte[] bytes, int from, int to) {
    int i = from;
    for (; to - i >= Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      long hits = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | controls(word);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      byte b = bytes[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        return i;
      }
    }
    return to;
  }

  /**
   * Where the first byte stands that may be a quote, a bracket, a brace or a control character, or
   * {@code to}. It may stop at a byte that is none of these.
   */
  static int endOfFiller(byte[] bytes, int from, int to) {
    int i = from;
    for (; to - i >= Long.BYTES; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i);
      // With bit 5 set, brackets look like braces and need no test of their own.
      long folded = word | SPACES;
      long hits =
          zeros(word ^ QUOTES) | zeros(folded ^ OPENS) | zeros(folded ^ CLOSES) | controls(word);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      int b = bytes[i];
      int folded = b | ' ';
      if (b == '"' || folded == '{' || folded == '}' || (b >= 0 && b < ' ')) {
        return i;
      }
    }
    return to;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  private static long controls(long word) {
    return (word - SPACES) & ~word & HIGHS;
  }
}
