package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A chunked body: RFC 9112 section 7.1. */
final class ChunkedBody extends BodyInput {
  /** What the next bytes of the connection are. */
  private enum Next {
    SIZE,
    DATA,
    DATA_END,
    TRAILERS,
    NOTHING
  }

  /** The end of a chunk's data, and of a body without trailers. */
  private static final byte[] END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpReader reader;
  private Next next = Next.SIZE;
  private long remaining;
  private Headers trailers = Headers.NONE;

  ChunkedBody(HttpReader reader) {
    this.reader = reader;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    advanceToData();
    if (next == Next.NOTHING) {
      return -1;
    }
    int count = reader.read(target, offset, (int) Math.min(length, remaining));
    if (count < 0) {
      throw new TruncatedBodyException("The connection was closed within a chunk");
    }
    remaining -= count;
    if (remaining == 0) {
      next = Next.DATA_END;
    }
    return count;
  }

  @Override
  public boolean endKnown() throws IOException {
    if (next == Next.DATA_END && reader.buffers(END)) {
      advanceToData();
    }
    return complete();
  }

  /** Each step is taken only when it is done, so that a read that timed out can be repeated. */
  private void advanceToData() throws IOException {
    if (next == Next.DATA_END) {
      reader.chunkEnd();
      next = Next.SIZE;
    }
    if (next == Next.SIZE) {
      remaining = reader.chunkSize();
      next = remaining == 0 ? Next.TRAILERS : Next.DATA;
    }
    if (next == Next.TRAILERS) {
      trailers = reader.trailers();
      next = Next.NOTHING;
    }
  }

  @Override
  public boolean complete() {
    return next == Next.NOTHING;
  }

  @Override
  public long chunkRemaining() {
    return remaining;
  }

  @Override
  public Headers trailers() {
    return trailers;
  }
}
