package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.util.Objects;

/** A body of a length known beforehand, which may be none. */
final class LengthBody extends BodyInput {
  private final HttpReader reader;
  private long remaining;

  LengthBody(HttpReader reader, long length) {
    this.reader = reader;
    this.remaining = length;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (remaining == 0) {
      return -1;
    }
    int count = reader.read(target, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new TruncatedBodyException(
          "The connection was closed " + remaining + " bytes before the end of the body");
    }
    remaining -= count;
    return count;
  }

  @Override
  public boolean complete() {
    return remaining == 0;
  }

  @Override
  public long chunkRemaining() {
    return remaining;
  }
}
