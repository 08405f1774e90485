package io.openmonetize.proxy.settlement;

import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait on disk, in a nameless file: written first, then read once. For one thread.
 *
 * <p>On Lambda the disk is {@code /tmp}, 512 MB unless more was asked for; a hundred thousand lines
 * are about 100 MB.
 */
final class Spool implements AutoCloseable {
  private final FileChannel file;
  private @Nullable BufferedReader reader;
  private long waiting;

  private Spool(FileChannel file) {
    this.file = file;
  }

  /**
   * @throws IOException when there is no place to write
   */
  static Spool open(Path folder) throws IOException {
    // Readable by this user alone, and on Linux gone from the folder as soon as it is open.
    Path path = Files.createTempFile(folder, "om-lines-", ".jsonl");
    return new Spool(
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** How many events are yet to be read. */
  long waiting() {
    return waiting;
  }

  /**
   * @throws IOException when the disk took not all of them; then it has none of them
   */
  void write(List<UsageEvent> events) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (UsageEvent event : events) {
      lines.append(UsageEventJson.write(event)).append('\n');
    }
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    long begin = file.position();
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      file.truncate(begin);
      throw e;
    }
    waiting += events.size();
  }

  /**
   * The next events, at most so many; none at the end.
   *
   * @throws IOException when the disk does not give back what it took
   */
  List<UsageEvent> read(int atMost) throws IOException {
    BufferedReader lines = reader;
    if (lines == null) {
      file.position(0);
      lines = new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8));
      reader = lines;
    }
    List<UsageEvent> events = new ArrayList<>(atMost);
    while (events.size() < atMost && waiting > events.size()) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the spool ends early");
      }
      events.add(parse(line));
    }
    waiting -= events.size();
    return events;
  }

  private static UsageEvent parse(String line) throws IOException {
    try {
      return UsageEventJson.read(line);
    } catch (MalformedEventException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
