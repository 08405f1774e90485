package io.openmonetize.runtime.http1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands for a socket: each read returns at most what is left of one piece, as if each piece had
 * come in a packet of its own. Between pieces it can time out once, and it counts the reads.
 */
final class PiecesInput extends InputStream {
  private final List<byte[]> pieces = new ArrayList<>();
  private final boolean timesOut;
  private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);
  private boolean timedOut;
  private int reads;

  private PiecesInput(boolean timesOut) {
    this.timesOut = timesOut;
  }

  static PiecesInput of(String... pieces) {
    PiecesInput input = new PiecesInput(false);
    for (String piece : pieces) {
      input.pieces.add(latin1(piece));
    }
    return input;
  }

  /** In pieces of so many bytes. */
  static PiecesInput every(int size, byte[] wire) {
    return cut(new PiecesInput(false), size, wire);
  }

  /** In pieces of so many bytes, with a time-out before each of them. */
  static PiecesInput everyWithTimeouts(int size, byte[] wire) {
    return cut(new PiecesInput(true), size, wire);
  }

  private static PiecesInput cut(PiecesInput input, int size, byte[] wire) {
    for (int start = 0; start < wire.length; start += size) {
      input.pieces.add(
          java.util.Arrays.copyOfRange(wire, start, Math.min(start + size, wire.length)));
    }
    return input;
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  int reads() {
    return reads;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    reads++;
    if (current.available() == 0) {
      if (timesOut && !timedOut) {
        timedOut = true;
        throw new SocketTimeoutException("Nothing came");
      }
      timedOut = false;
      if (pieces.isEmpty()) {
        return -1;
      }
      current = new ByteArrayInputStream(pieces.removeFirst());
    }
    return current.read(target, offset, length);
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("A system call for each byte");
  }
}
