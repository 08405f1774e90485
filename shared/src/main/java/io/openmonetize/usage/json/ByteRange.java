package io.openmonetize.usage.json;

/** A piece of a byte array: from the first byte up to, and not with, the end. */
public record ByteRange(int start, int end) {
  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(start + " to " + end);
    }
  }

  public int length() {
    return end - start;
  }
}
