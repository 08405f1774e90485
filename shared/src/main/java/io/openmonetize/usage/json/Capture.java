package io.openmonetize.usage.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes being kept while they pass. What lies whole in one chunk is handed on where it lies; only
 * what a chunk's end cuts is copied, up to a limit.
 */
final class Capture {
  private final int limit;
  private byte[] kept = new byte[64];
  private int length;
  private boolean on;
  private boolean tooLong;
  private int from;

  private byte @Nullable [] bytes;
  private int offset;

  Capture(int limit) {
    this.limit = limit;
  }

  /** Keep from this place of the current chunk on. */
  void begin(int at) {
    on = true;
    tooLong = false;
    length = 0;
    from = at;
  }

  /** A new chunk goes on where the last one ended. */
  void resume(int at) {
    from = at;
  }

  /** The chunk ends here while something may still be kept. */
  void cut(byte[] chunk, int at) {
    if (on) {
      append(chunk, from, at);
    }
  }

  /** What is kept ends here: {@link #bytes}, {@link #offset} and {@link #length} then say where. */
  void end(byte[] chunk, int at) {
    on = false;
    if (length == 0 && !tooLong && at - from <= limit) {
      bytes = chunk;
      offset = from;
      length = at - from;
      return;
    }
    append(chunk, from, at);
    bytes = tooLong ? null : kept;
    offset = 0;
  }

  void drop() {
    on = false;
  }

  byte @Nullable [] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  private void append(byte[] chunk, int start, int end) {
    int more = end - start;
    if (tooLong || more > limit - length) {
      tooLong = true;
      return;
    }
    if (length + more > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(limit, Math.max(length + more, kept.length * 2)));
    }
    System.arraycopy(chunk, start, kept, length, more);
    length += more;
  }
}
