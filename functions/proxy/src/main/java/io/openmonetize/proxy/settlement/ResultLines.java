package io.openmonetize.proxy.settlement;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.logging.Log;
import io.openmonetize.usage.BatchLineReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Books the lines of a batch's results as they are read, while the answer is relayed. For the
 * relay's thread, which waits for nobody here: a few groups of lines wait in memory for their turn
 * at the queue, and those beyond them on disk until the caller has its last byte. So memory is
 * bounded, the caller gets the file as fast as the provider sends it, and the queue gets every line
 * in the end. Without the disk, lines beyond the bound stay in the log alone, and are named there.
 */
public final class ResultLines implements Consumer<BatchLineReading> {
  /** Five requests to SQS; between two groups the time is looked at. */
  static final int GROUP = 50;

  /** As many connections as the HTTP client keeps alive, less one for the intent. */
  static final int SENDERS = 4;

  static final int GROUPS_WAITING = 16;

  private final StartedCall call;
  private final EventSending sending;
  private final Log log;
  private final Path folder;
  private final Instant giveUpAt;
  private List<UsageEvent> group = new ArrayList<>();
  private int lines;
  private @Nullable ThreadPoolExecutor senders;
  private @Nullable Spool spool;

  /**
   * @param folder where lines may wait
   * @param giveUpAt when to leave to the log what is not yet queued
   */
  ResultLines(StartedCall call, EventSending sending, Path folder, Instant giveUpAt) {
    this.call = call;
    this.sending = sending;
    this.log = sending.log();
    this.folder = folder;
    this.giveUpAt = giveUpAt;
  }

  @Override
  public void accept(BatchLineReading line) {
    UsageEvent event = SettledEvents.line(call, lines, line);
    lines++;
    log.record("usage.record", "usage", new Log.Raw(UsageEventJson.write(event)));
    group.add(event);
    if (group.size() == GROUP) {
      List<UsageEvent> full = group;
      group = new ArrayList<>(GROUP);
      if (!handOn(full)) {
        setAside(full);
      }
    }
  }

  /**
   * After the answer's end, whatever it was: returns when the queue has all lines, or the log names
   * those that it did not take.
   */
  public void finish() {
    sendSetAside();
    if (!group.isEmpty()) {
      sending.send(group, giveUpAt);
    }
    if (senders != null) {
      senders.close();
    }
  }

  /** False where as many groups wait as may. */
  private boolean handOn(List<UsageEvent> events) {
    if (senders == null) {
      senders =
          new ThreadPoolExecutor(
              SENDERS,
              SENDERS,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(GROUPS_WAITING),
              Thread.ofVirtual().name("lines-" + call.requestId()).factory());
    }
    try {
      senders.execute(() -> sending.send(events, giveUpAt));
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    }
  }

  private void setAside(List<UsageEvent> events) {
    try {
      if (spool == null) {
        spool = Spool.open(folder);
      }
      spool.write(events);
    } catch (IOException e) {
      events.forEach(event -> sending.failed(event, "no room to wait: " + e.getClass().getName()));
    }
  }

  private void sendSetAside() {
    if (spool == null) {
      return;
    }
    try (Spool written = spool) {
      while (written.waiting() > 0) {
        List<UsageEvent> events = written.read(GROUP);
        if (!handOn(events)) {
          // Nobody waits for this thread any more, so it sends too.
          sending.send(events, giveUpAt);
        }
      }
    } catch (IOException e) {
      log.error(
          "usage.lines_unread",
          "request_id",
          call.requestId(),
          "lines",
          spool.waiting(),
          "cause",
          e);
    }
  }
}
