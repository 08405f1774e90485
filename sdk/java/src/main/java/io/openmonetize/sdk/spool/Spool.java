package io.openmonetize.sdk.spool;

import io.openmonetize.sdk.OpenMonetizeLogger;
import io.openmonetize.sdk.delivery.Backlog;
import io.openmonetize.sdk.delivery.Keeper;
import io.openmonetize.sdk.delivery.Receipt;
import io.openmonetize.sdk.delivery.Throttle;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of events that are not settled. What was kept outlives the process, killed or not, but
 * not the machine's loss of power: nothing is forced to the disk.
 *
 * <p>Each process has a folder of its own below the directory, locked for as long as it lives. At
 * the start those of processes that are gone are taken over. A segment, a file of events one a
 * line, is deleted when all of its events are settled; events that are sent twice because only some
 * were are known again by the server.
 */
public final class Spool implements Keeper, AutoCloseable {
  private static final long SEGMENT_BYTES = 1024 * 1024;

  private final long bytesAtMost;
  private final OpenMonetizeLogger log;
  private final Throttle full;
  private final ProcessFolder own;
  private final LeftBehind leftBehind;

  private @Nullable Segment active;
  private long segments;
  private long bytes;
  private boolean closed;

  private Spool(
      ProcessFolder own,
      LeftBehind leftBehind,
      long bytesAtMost,
      OpenMonetizeLogger log,
      Throttle full) {
    this.own = own;
    this.leftBehind = leftBehind;
    this.bytesAtMost = bytesAtMost;
    this.log = log;
    this.full = full;
  }

  /**
   * Makes a folder for this process, and takes over those of processes that are gone.
   *
   * @param directory made if need be
   * @param bytesAtMost of all segments of this process, those taken over included; beyond it events
   *     are not kept
   * @param log where to log to
   * @param full when to say that events are not kept
   * @return the spool, to be closed
   * @throws IOException when the directory cannot be used
   */
  public static Spool open(Path directory, long bytesAtMost, OpenMonetizeLogger log, Throttle full)
      throws IOException {
    ProcessFolder own = ProcessFolder.create(directory);
    try {
      LeftBehind leftBehind = LeftBehind.in(ProcessFolder.takeOver(directory, log), log);
      return new Spool(own, leftBehind, bytesAtMost, log, full);
    } catch (IOException | RuntimeException e) {
      own.close(log);
      throw e;
    }
  }

  @Override
  public synchronized Receipt keep(byte[] json) {
    if (closed) {
      return Receipt.NONE;
    }
    if (bytes + leftBehind.bytes() + json.length > bytesAtMost) {
      notKept("the spool is full");
      return Receipt.NONE;
    }
    Segment segment = active;
    try {
      if (segment == null || segment.bytes() + json.length > SEGMENT_BYTES) {
        segment = next(segment);
      }
      segment.append(json);
    } catch (IOException e) {
      // What it holds may end within an event: nothing may follow that.
      if (segment != null) {
        segment.abandon(log);
      }
      active = null;
      notKept(e.toString());
      return Receipt.NONE;
    }
    bytes += json.length;
    Segment kept = segment;
    return () -> settle(kept);
  }

  private Segment next(@Nullable Segment before) throws IOException {
    active = null;
    if (before != null) {
      before.end(log);
    }
    segments++;
    Segment next = Segment.create(own.path().resolve(Segment.name(segments)));
    active = next;
    return next;
  }

  private synchronized void settle(Segment segment) {
    if (segment.settleOne()) {
      if (active == segment) {
        active = null;
      }
      segment.end(log);
      segment.delete(log);
      bytes -= segment.bytes();
    }
  }

  /**
   * What was taken over.
   *
   * @return the events of processes that are gone
   */
  public Backlog backlog() {
    return leftBehind;
  }

  private void notKept(String why) {
    long events = full.count();
    if (events > 0) {
      log.warn(events + " event(s) were queued but not kept in the spool: " + why);
    }
  }

  /** Leaves what is not settled for the next process. */
  @Override
  public synchronized void close() {
    closed = true;
    if (active != null) {
      active.end(log);
      active = null;
    }
    leftBehind.close();
    own.close(log);
  }
}
