package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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

  /**
   * Sends a message's head and these bytes as the body's first chunk, with one write.
   *
   * @throws IllegalArgumentException for a head that HTTP does not allow; nothing is sent
   */
  public void write(RequestHead head, byte[] first) throws IOException {
    if (ended || mode != Mode.CHUNKED || first.length == 0) {
      throw new IllegalStateException("Not the begin of a chunked body");
    }
    byte[] encoded = HttpWriter.encode(head);
    byte[] joined = Arrays.copyOf(encoded, encoded.length + OVERHEAD_BYTES + first.length);
    int end = putChunk(joined, encoded.length, first, 0, first.length);
    out.write(joined, 0, end);
    out.flush();
  }

  public void end() throws IOException {
    end(Headers.NONE);
  }

  /**
   * Sends these bytes as the body's last ones and its end, with one write.
   *
   * @throws IllegalStateException after the end
   */
  public void end(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (mode != Mode.CHUNKED || length == 0) {
      write(source, offset, length);
      end();
      return;
    }
    if (ended) {
      throw new IllegalStateException("The body has ended");
    }
    ended = true;
    beforeEnd.run();
    byte[] target = bufferFor(length);
    int end = putChunk(target, 0, source, offset, length);
    System.arraycopy(LAST_CHUNK, 0, target, end, LAST_CHUNK.length);
    out.write(target, 0, end + LAST_CHUNK.length);
    out.flush();
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
    byte[] last = trailers.fields().isEmpty() ? LAST_CHUNK : lastChunk(trailers);
    ended = true;
    beforeEnd.run();
    if (mode == Mode.CHUNKED) {
      out.write(last);
      out.flush();
    }
  }

  boolean ended() {
    return ended;
  }

  private void writeChunk(byte[] source, int offset, int length) throws IOException {
    byte[] chunk = bufferFor(length);
    out.write(chunk, 0, putChunk(chunk, 0, source, offset, length));
  }

  /** Size line, data and line end stand together in one array. Returns where they end. */
  private static int putChunk(byte[] target, int at, byte[] source, int offset, int length) {
    int digits = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 3) / 4;
    int rest = length;
    for (int i = at + digits - 1; i >= at; i--) {
      target[i] = HEX[rest & 0xf];
      rest >>>= 4;
    }
    int data = at + digits + 2;
    target[data - 2] = '\r';
    target[data - 1] = '\n';
    System.arraycopy(source, offset, target, data, length);
    target[data + length] = '\r';
    target[data + length + 1] = '\n';
    return data + length + 2;
  }

  private static byte[] lastChunk(Headers trailers) {
    StringBuilder text = new StringBuilder("0\r\n");
    HttpWriter.append(text, trailers);
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** With room for the end too. */
  private byte[] bufferFor(int length) {
    int needed = length + OVERHEAD_BYTES + LAST_CHUNK.length;
    if (length > KEPT_BYTES) {
      return new byte[needed];
    }
    if (needed > buffer.length) {
      buffer = new byte[Math.max(buffer.length * 2, needed)];
    }
    return buffer;
  }
}
