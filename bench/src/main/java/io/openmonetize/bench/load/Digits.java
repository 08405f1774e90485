package io.openmonetize.bench.load;

/** Decimal numbers of a fixed width, written over bytes that are there already. */
final class Digits {
  private Digits() {}

  static void write(byte[] bytes, int offset, int width, long value) {
    long rest = value;
    for (int i = offset + width - 1; i >= offset; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Reads up to the first byte that is no digit, or so many bytes. */
  static long read(byte[] bytes, int offset, int atMost) {
    long value = 0;
    for (int i = offset; i < offset + atMost && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = 10 * value + bytes[i] - '0';
    }
    return value;
  }
}
