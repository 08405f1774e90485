package io.openmonetize.runtime.http1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of one message, as it arrives.
 *
 * <p>A read returns as soon as a single byte of the body is there and reads the connection only
 * when it has nothing to return. It never joins two chunks, so that bytes can be sent on as they
 * came. A body that stops before its framing says so throws {@link TruncatedBodyException}. Closing
 * does nothing: the connection belongs to whoever opened it.
 */
public abstract class BodyInput extends InputStream {
  private static final int COPY_BYTES = 8 * 1024;
  private static final int STATED_BYTES = 64 * 1024;

  BodyInput() {}

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  /**
   * Whether the end was reached that the framing demands. For chunks, after a read has returned -1.
   */
  public abstract boolean complete();

  /**
   * Whether the body is known to have ended, as far as can be told without reading the connection:
   * after the last bytes of a stated length, and where what ends a chunked body came together with
   * them. False says nothing. So its last bytes can be sent on together with the end.
   *
   * @throws IOException as a read of the end would
   */
  public boolean endKnown() throws IOException {
    return complete();
  }

  /**
   * Bytes of the current chunk that are still to come: 0 right after its last one. A body of a
   * stated length is one chunk; of a body that lasts until the connection closes, each read is one.
   */
  public abstract long chunkRemaining();

  /** The fields after the last chunk: none before the body is complete. */
  public Headers trailers() {
    return Headers.NONE;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * The rest of the body.
   *
   * @throws BodyTooLargeException as soon as more than so many bytes are known to come
   */
  public byte[] readAll(int maxBytes) throws IOException {
    if (chunkRemaining() > maxBytes) {
      throw new BodyTooLargeException(maxBytes);
    }
    // Of the stated length at once, unless a peer could make much of a number alone.
    int stated = (int) Math.min(chunkRemaining(), STATED_BYTES);
    byte[] first = readNBytes(stated);
    if (first.length == stated && endKnown()) {
      return first;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(first.length + COPY_BYTES);
    all.writeBytes(first);
    byte[] part = new byte[COPY_BYTES];
    for (int count; (count = read(part, 0, part.length)) >= 0; ) {
      if (all.size() + count > maxBytes) {
        throw new BodyTooLargeException(maxBytes);
      }
      all.write(part, 0, count);
    }
    return all.toByteArray();
  }
}
