package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.util.Objects;

/** A response body that nothing delimits but the end of the connection. */
final class UntilCloseBody extends BodyInput {
  private final HttpReader reader;
  private boolean complete;

  UntilCloseBody(HttpReader reader) {
    this.reader = reader;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count = complete ? -1 : reader.read(target, offset, length);
    complete = count < 0;
    return count;
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public long chunkRemaining() {
    return 0;
  }
}
