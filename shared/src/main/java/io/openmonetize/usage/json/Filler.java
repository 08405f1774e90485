package io.openmonetize.usage.json;

/**
 * The open containers of a value that is walked over. Which kind each is, is remembered for the
 * first {@value #REMEMBERED}; deeper ones are counted only, so that no nesting takes more memory.
 */
final class Filler {
  private static final int REMEMBERED = 1024;

  private final long[] objects = new long[REMEMBERED / Long.SIZE];
  private long depth;

  void clear() {
    depth = 0;
  }

  void open(boolean object) {
    if (depth < REMEMBERED) {
      long bit = 1L << depth;
      int word = (int) (depth >>> 6);
      objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    }
    depth++;
  }

  /** Closes the innermost container; false when that one is of the other kind. */
  boolean close(boolean object) {
    depth--;
    if (depth >= REMEMBERED) {
      return true;
    }
    boolean wasObject = (objects[(int) (depth >>> 6)] & (1L << depth)) != 0;
    return wasObject == object;
  }

  boolean isClosed() {
    return depth == 0;
  }
}
