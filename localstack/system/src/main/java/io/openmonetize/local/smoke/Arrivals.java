package io.openmonetize.local.smoke;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A body as it came in: its text, and when each read of it returned.
 *
 * @param millis of each read that had bytes, since the call began
 * @param end when the end of the body was seen
 */
record Arrivals(String text, List<Long> millis, long end) {
  static Arrivals read(InputStream body, long beganNanos) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    List<Long> millis = new ArrayList<>();
    byte[] buffer = new byte[65_536];
    int read = body.read(buffer);
    while (read >= 0) {
      millis.add(since(beganNanos));
      text.write(buffer, 0, read);
      read = body.read(buffer);
    }
    return new Arrivals(
        text.toString(StandardCharsets.UTF_8), List.copyOf(millis), since(beganNanos));
  }

  static long since(long beganNanos) {
    return (System.nanoTime() - beganNanos) / 1_000_000;
  }

  long first() {
    return millis.isEmpty() ? end : millis.getFirst();
  }

  /** How long the connection said nothing between the last byte and the end. */
  long tail() {
    return millis.isEmpty() ? 0 : end - millis.getLast();
  }
}
