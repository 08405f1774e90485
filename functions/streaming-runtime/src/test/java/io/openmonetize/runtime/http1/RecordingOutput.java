package io.openmonetize.runtime.http1;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what each write was given: on a socket, one system call and mostly one packet. */
final class RecordingOutput extends OutputStream {
  private final List<String> writes = new ArrayList<>();

  List<String> writes() {
    return writes;
  }

  String wire() {
    return String.join("", writes);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    writes.add(new String(source, offset, length, StandardCharsets.ISO_8859_1));
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException("A system call for each byte");
  }
}
