package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A body that is sent piece by piece: each write is one chunk and one write of the underlying
 * stream, so that no piece waits for the next. Not for use by more than one thread at a time.
 */
public final class ChunkedOutput {
  /** How the pieces are told apart. */
  private enum Mode {
    CHUNKED,
    /** For HTTP/1.0 clients: the bytes alone, ended by the end of the connection. */
    PLAIN,
    /** For answers that have no body, such as those to HEAD. */
    NONE
  }

  private static final int SIZE_LINE_BYTES = 10;
  private static final int OVERHEAD_BYTES = SIZE_LINE_BYTES + 2;
  private static final int KEPT_BYTES = 64 * 1024;

  private final OutputStream out;
  private final Mode mode;
  private final Runnable beforeEnd;
  private byte[] buffer = new byte[4 * 1024];
  private boolean ended;

  private ChunkedOutput(OutputStream out, Mode mode, Runnable beforeEnd) {
    this.out = out;
    this.mode = mode;
    this.beforeEnd = beforeEnd;
  }

  /**
   * @param beforeEnd runs once, before the peer can know that the body is whole
   */
  static ChunkedOutput chunked(OutputStream out, Runnable beforeEnd) {
    return new ChunkedOutput(out, Mode.CHUNKED, beforeEnd);
  }

  static ChunkedOutput plain(OutputStream out, Runnable beforeEnd) {
    return new ChunkedOutput(out, Mode.PLAIN, beforeEnd);
  }

  static ChunkedOutput none(OutputStream out, Runnable beforeEnd) {
    return new ChunkedOutput(out, Mode.NONE, beforeEnd);
  }

  /**
   * Sends these bytes as one chunk. Nothing is sent for a length of 0, which on the wire is the
   * end.
   *
   * @throws IllegalStateException after the end
   */
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (ended) {
      throw new IllegalStateException("The body has ended");
    }
    if (length == 0) {
      return;
    }
    switch (mode) {
      case CHUNKED -> writeChunk(source, offset, length);
      case PLAIN -> out.write(source, offset, length);
      case NONE -> {}
    }
    out.flush();
  }

  public void end() throws IOException {
    end(Headers.NONE);
  }

  /**
   * Sends the last chunk and these fields after it. Repeated calls do nothing.
   *
   * @param trailers should be announced by a {@code Trailer} field of the head
   */
  public void end(Headers trailers) throws IOException {
    if (ended) {
      return;
    }
    StringBuilder text = new StringBuilder("0\r\n");
    HttpWriter.append(text, trailers);
    ended = true;
    beforeEnd.run();
    if (mode == Mode.CHUNKED) {
      out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  boolean ended() {
    return ended;
  }

  /** The size line is written backwards from the data, so that both stand together in one array. */
  private void writeChunk(byte[] source, int offset, int length) throws IOException {
    byte[] chunk = bufferFor(length);
    int start = SIZE_LINE_BYTES;
    chunk[--start] = '\n';
    chunk[--start] = '\r';
    for (int rest = length; rest > 0; rest >>>= 4) {
      chunk[--start] = (byte) Character.forDigit(rest & 0xf, 16);
    }
    System.arraycopy(source, offset, chunk, SIZE_LINE_BYTES, length);
    chunk[SIZE_LINE_BYTES + length] = '\r';
    chunk[SIZE_LINE_BYTES + length + 1] = '\n';
    out.write(chunk, start, OVERHEAD_BYTES + length - start);
  }

  private byte[] bufferFor(int length) {
    if (length > KEPT_BYTES) {
      return new byte[length + OVERHEAD_BYTES];
    }
    if (length + OVERHEAD_BYTES > buffer.length) {
      buffer = new byte[Math.max(buffer.length * 2, length + OVERHEAD_BYTES)];
    }
    return buffer;
  }
}
