package io.openmonetize.runtime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests a byte at a time and by the letter: much simpler than the code under test, and
 * sharing nothing with it, so that one fault cannot hide another.
 */
final class WireReader {
  private final InputStream in;

  WireReader(InputStream in) {
    this.in = in;
  }

  /** Null when the client closed the connection instead. */
  @Nullable List<String> head() throws IOException {
    String first = line();
    return first == null ? null : lines(first);
  }

  /** Each chunk's size and data must be what was announced, ended by CRLF. */
  List<String> chunks(Consumer<byte[]> received) throws IOException {
    while (true) {
      int size = Integer.parseInt(present(line()), 16);
      if (size == 0) {
        return lines(present(line()));
      }
      byte[] data = bytes(size);
      if (!present(line()).isEmpty()) {
        throw new IOException("A chunk is not ended by CRLF");
      }
      received.accept(data);
    }
  }

  byte[] bytes(int count) throws IOException {
    byte[] data = in.readNBytes(count);
    if (data.length < count) {
      throw new EOFException("The body is cut");
    }
    return data;
  }

  /** Blocks; true when the client has closed in good order. */
  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  private List<String> lines(String first) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = first; !line.isEmpty(); line = present(line())) {
      lines.add(line);
    }
    return lines;
  }

  private static String present(@Nullable String line) throws EOFException {
    if (line == null) {
      throw new EOFException("The connection was closed within a message");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b; (b = in.read()) >= 0; ) {
      if (b == '\r') {
        if (in.read() != '\n') {
          throw new IOException("A carriage return stands alone");
        }
        return line.toString();
      }
      line.append((char) b);
    }
    if (!line.isEmpty()) {
      throw new EOFException("The connection was closed within a line");
    }
    return null;
  }
}
