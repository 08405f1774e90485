package io.openmonetize.sdk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Takes no more than so many bytes, so that what has no end is not written to its end. */
final class BoundedBytes extends OutputStream {
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private final int bytesAtMost;
  private boolean over;

  BoundedBytes(int bytesAtMost) {
    this.bytesAtMost = bytesAtMost;
  }

  @Override
  public void write(int each) throws IOException {
    write(new byte[] {(byte) each}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    over |= taken.size() + length > bytesAtMost;
    if (over) {
      throw new IOException("More than " + bytesAtMost + " bytes");
    }
    taken.write(bytes, offset, length);
  }

  boolean isOver() {
    return over;
  }

  String text() {
    return taken.toString(StandardCharsets.UTF_8);
  }
}
