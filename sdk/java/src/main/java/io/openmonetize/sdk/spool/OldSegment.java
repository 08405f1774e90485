package io.openmonetize.sdk.spool;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.sdk.OpenMonetizeLogger;
import io.openmonetize.sdk.delivery.QueuedEvent;
import io.openmonetize.sdk.delivery.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A segment that another process wrote.
 *
 * @param file where
 * @param bytes its length
 * @param lines its whole lines: at least as many as it has events
 */
record OldSegment(Path file, long bytes, long lines) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static OldSegment of(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    long lines = 0;
    for (byte each : content) {
      lines += each == '\n' ? 1 : 0;
    }
    return new OldSegment(file, content.length, lines);
  }

  /**
   * The events of it; what is none, such as a line that a killed process did not finish, is passed
   * over and counted in the log. The file is deleted when all are settled.
   *
   * @param bytesLeft from which its length is taken then
   */
  List<QueuedEvent> read(AtomicLong bytesLeft, OpenMonetizeLogger log) throws IOException {
    byte[] content = Files.readAllBytes(file);
    List<QueuedEvent> events = new ArrayList<>();
    AtomicInteger unsettled = new AtomicInteger();
    Receipt receipt =
        () -> {
          if (unsettled.decrementAndGet() == 0) {
            delete(bytesLeft, log);
          }
        };
    int torn = 0;
    for (int begin = 0; begin < content.length; ) {
      int end = endOfLine(content, begin);
      byte[] line = Arrays.copyOfRange(content, begin, end);
      String id = eventId(line);
      if (id == null) {
        torn++;
      } else {
        events.add(new QueuedEvent(id, line, 0, 0, receipt));
      }
      begin = end;
    }
    unsettled.set(events.size());
    if (torn > 0) {
      log.warn(torn + " event(s) of the spool were not whole and are lost");
    }
    if (events.isEmpty()) {
      delete(bytesLeft, log);
    }
    return events;
  }

  private static int endOfLine(byte[] content, int begin) {
    int end = begin;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, content.length);
  }

  /** Null when the line is no whole event. */
  private static @Nullable String eventId(byte[] line) {
    if (line[line.length - 1] != '\n') {
      return null;
    }
    try {
      String id = JSON.readTree(line).path("event_id").asText();
      return id.isEmpty() ? null : id;
    } catch (IOException e) {
      return null;
    }
  }

  private void delete(AtomicLong bytesLeft, OpenMonetizeLogger log) {
    try {
      Files.deleteIfExists(file);
      bytesLeft.addAndGet(-bytes);
    } catch (IOException e) {
      log.warn("A segment of the spool cannot be deleted, its events will be sent again: " + e);
    }
  }
}
