package io.openmonetize.sdk.spool;

import io.openmonetize.sdk.OpenMonetizeLogger;
import io.openmonetize.sdk.delivery.Backlog;
import io.openmonetize.sdk.delivery.QueuedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events that processes left behind which are gone. Read by one thread, a segment at a time.
 */
final class LeftBehind implements Backlog {
  private final List<ProcessFolder> folders;
  private final OpenMonetizeLogger log;
  private final Deque<OldSegment> segments;
  private final Deque<QueuedEvent> read = new ArrayDeque<>();
  private final AtomicLong bytes = new AtomicLong();
  private final long size;

  private LeftBehind(
      List<ProcessFolder> folders, Deque<OldSegment> segments, OpenMonetizeLogger log) {
    this.folders = folders;
    this.segments = segments;
    this.log = log;
    this.bytes.set(segments.stream().mapToLong(OldSegment::bytes).sum());
    this.size = segments.stream().mapToLong(OldSegment::lines).sum();
  }

  static LeftBehind in(List<ProcessFolder> gone, OpenMonetizeLogger log) throws IOException {
    List<ProcessFolder> folders = new ArrayList<>();
    Deque<OldSegment> segments = new ArrayDeque<>();
    for (ProcessFolder folder : gone) {
      List<OldSegment> found = found(folder, log);
      if (found.isEmpty()) {
        folder.close(log);
      } else {
        folders.add(folder);
        segments.addAll(found);
      }
    }
    LeftBehind all = new LeftBehind(folders, segments, log);
    if (all.size() > 0) {
      log.info("The spool has " + all.size() + " event(s) of an earlier process, which go now");
    }
    return all;
  }

  /** What cannot be read is left where it is, and keeps nothing else from being read. */
  private static List<OldSegment> found(ProcessFolder folder, OpenMonetizeLogger log)
      throws IOException {
    List<OldSegment> found = new ArrayList<>();
    for (Path file : folder.segments()) {
      try {
        found.add(OldSegment.of(file));
      } catch (IOException e) {
        log.error("A segment of the spool cannot be read and is left: " + e);
      }
    }
    return found;
  }

  /** One that is too large goes alone, for the server to refuse: empty would mean the end. */
  @Override
  public List<QueuedEvent> next(int eventsAtMost, int bytesAtMost) throws IOException {
    while (read.isEmpty() && !segments.isEmpty()) {
      read.addAll(segments.removeFirst().read(bytes, log));
    }
    List<QueuedEvent> batch = new ArrayList<>();
    long batchBytes = 0;
    QueuedEvent next = read.peekFirst();
    while (next != null
        && batch.size() < eventsAtMost
        && (batch.isEmpty() || batchBytes + next.json().length + 1 <= bytesAtMost)) {
      batchBytes += next.json().length + 1;
      batch.add(read.removeFirst());
      next = read.peekFirst();
    }
    return batch;
  }

  @Override
  public long size() {
    return size;
  }

  /** Of the segments that are not settled. */
  long bytes() {
    return bytes.get();
  }

  void close() {
    folders.forEach(folder -> folder.close(log));
  }
}
