package io.openmonetize.sdk.delivery;

import io.openmonetize.sdk.FailedEvent;
import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.Stats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events that are not settled, and who waits for them. Trackers put, one thread takes a batch
 * and settles all of it before it takes another: the order of tracking is that of settling, so that
 * a flush needs to know one number only.
 */
final class DeliveryQueue {
  private static final long SHORT_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition settling = lock.newCondition();
  private final DeliverySettings settings;
  private final Pacer pacer;

  private final Deque<QueuedEvent> queued = new ArrayDeque<>();
  private final Set<QueuedEvent> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Flush> flushes = new ArrayList<>();
  private Outcomes unreported = new Outcomes();

  private long queuedBytes;
  private long unsettled;
  private long unsettledBytes;
  private long backlog;
  private long lastSequence;
  private long settledThrough;
  private long flushTarget;
  private boolean closed;
  private boolean hurried;
  private boolean stopped;

  private long tracked;
  private long accepted;
  private long duplicates;
  private long failed;
  private long dropped;
  private long droppedReported;

  /** Somebody who waits until all events up to one are settled. */
  private record Flush(long target, Outcomes outcomes) {}

  DeliveryQueue(DeliverySettings settings, Pacer pacer, long backlog) {
    this.settings = settings;
    this.pacer = pacer;
    this.backlog = backlog;
    this.tracked = backlog;
  }

  /** What became of the wish for a place. */
  enum Place {
    GIVEN,
    FULL,
    CLOSED
  }

  /** A place that is given must be used or given back. */
  Place reserve(int bytes) {
    lock.lock();
    try {
      if (closed) {
        dropped++;
        return Place.CLOSED;
      }
      if (unsettled >= settings.maxQueueSize()
          || unsettledBytes + bytes > DeliverySettings.QUEUE_BYTES_AT_MOST) {
        dropped++;
        return Place.FULL;
      }
      unsettled++;
      unsettledBytes += bytes;
      return Place.GIVEN;
    } finally {
      lock.unlock();
    }
  }

  /** Who gives a place back counts the event as dropped. */
  void giveBack(int bytes) {
    lock.lock();
    try {
      unsettled--;
      unsettledBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  void put(String eventId, byte[] json, Receipt receipt) {
    lock.lock();
    try {
      if (stopped) {
        // Its place was given before the end.
        unsettled--;
        unsettledBytes -= json.length;
        dropped++;
        return;
      }
      boolean filledBefore = isFull();
      queued.addLast(new QueuedEvent(eventId, json, lastSequence + 1, pacer.nanoTime(), receipt));
      // Only now: where memory ends before, no flush waits for an event that is not there.
      lastSequence++;
      tracked++;
      queuedBytes += json.length + 1;
      if (queued.size() == 1 || isFull() && !filledBefore) {
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts an event that never came as far as the queue. */
  void drop() {
    lock.lock();
    try {
      dropped++;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a batch: empty for one of the backlog, null for none any more. */
  @Nullable List<QueuedEvent> take() {
    lock.lock();
    try {
      while (!stopped) {
        if (isDue()) {
          return drain();
        }
        if (backlog > 0) {
          return List.of();
        }
        await(untilDue());
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The callers look again at what they wait for. Whoever interrupts the sending thread, but to end
   * it, such as a container that stops, is not to take its events along.
   */
  private void await(long nanos) {
    try {
      pacer.await(work, nanos);
    } catch (InterruptedException e) {
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void takeFromBacklog(List<QueuedEvent> batch) {
    lock.lock();
    try {
      inFlight.addAll(batch);
    } finally {
      lock.unlock();
    }
  }

  /** Whatever of it is not settled never will be by this process. */
  void endBacklog() {
    lock.lock();
    try {
      backlog = 0;
      settling.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return queued.size() >= settings.maxBatchSize()
        || queuedBytes >= DeliverySettings.EVENTS_BYTES_AT_MOST;
  }

  private boolean isDue() {
    QueuedEvent oldest = queued.peekFirst();
    return oldest != null
        && (isFull() || hurried || flushTarget >= oldest.sequence() || untilDue() <= 0);
  }

  private long untilDue() {
    QueuedEvent oldest = queued.peekFirst();
    if (oldest == null || settings.flushInterval().isZero()) {
      return Pacer.FOREVER;
    }
    return oldest.queuedAt() + settings.flushInterval().toNanos() - pacer.nanoTime();
  }

  private List<QueuedEvent> drain() {
    List<QueuedEvent> batch = new ArrayList<>(Math.min(queued.size(), settings.maxBatchSize()));
    long bytes = 0;
    QueuedEvent next = queued.peekFirst();
    while (next != null
        && batch.size() < settings.maxBatchSize()
        && bytes + next.json().length + 1 <= DeliverySettings.EVENTS_BYTES_AT_MOST) {
      bytes += next.json().length + 1;
      batch.add(queued.removeFirst());
      next = queued.peekFirst();
    }
    queuedBytes -= bytes;
    inFlight.addAll(batch);
    return batch;
  }

  /**
   * Waits before a batch is sent again.
   *
   * @param whole whether the server asked for the wait, so that no hurry shortens it
   * @return whether to go on
   */
  boolean pause(long nanos, boolean whole) {
    lock.lock();
    try {
      boolean late = hurried;
      long due = pacer.nanoTime() + (late && !whole ? Math.min(nanos, SHORT_PAUSE) : nanos);
      long remaining = due - pacer.nanoTime();
      while (!stopped && remaining > 0 && (whole || late == hurried)) {
        await(remaining);
        remaining = due - pacer.nanoTime();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  void accept(QueuedEvent event, boolean duplicate) {
    lock.lock();
    try {
      if (settle(event)) {
        accepted += duplicate ? 0 : 1;
        duplicates += duplicate ? 1 : 0;
        tell(event, outcomes -> outcomes.addAccepted(duplicate));
      }
    } finally {
      lock.unlock();
    }
  }

  void fail(QueuedEvent event, String code, String reason) {
    lock.lock();
    try {
      if (settle(event)) {
        failed++;
        FailedEvent told = new FailedEvent(event.eventId(), code, reason);
        tell(event, outcomes -> outcomes.addFailed(told));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean settle(QueuedEvent event) {
    if (!inFlight.remove(event)) {
      return false;
    }
    if (event.sequence() == 0) {
      backlog = Math.max(0, backlog - 1);
    } else {
      unsettled--;
      unsettledBytes -= event.json().length;
    }
    if (inFlight.isEmpty()) {
      settledThrough = queued.isEmpty() ? lastSequence : queued.getFirst().sequence() - 1;
      settling.signalAll();
    }
    return true;
  }

  private void tell(QueuedEvent event, Consumer<Outcomes> news) {
    boolean told = false;
    for (Flush flush : flushes) {
      if (flush.target() >= event.sequence()) {
        news.accept(flush.outcomes());
        told = true;
      }
    }
    if (!told) {
      news.accept(unreported);
    }
  }

  /** Waits until all that is put now is settled, or so long, or until the thread is interrupted. */
  FlushReport flush(long nanos) {
    lock.lock();
    try {
      Flush flush = new Flush(lastSequence, unreported);
      unreported = new Outcomes();
      flushes.add(flush);
      flushTarget = Math.max(flushTarget, flush.target());
      work.signalAll();
      try {
        long remaining = nanos;
        while (!isSettled(flush) && remaining > 0) {
          remaining = settling.awaitNanos(remaining);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        flushes.remove(flush);
      }
      return report(flush);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits as {@link #flush} does, but to the end: threads are interrupted when things end, which is
   * when this is called, and that must cost no event. The interrupt is seen after it.
   */
  void flushLast(long nanos) {
    long due = System.nanoTime() + nanos;
    boolean interrupted = Thread.interrupted();
    flush(nanos);
    while (Thread.interrupted()) {
      interrupted = true;
      flush(due - System.nanoTime());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isSettled(Flush flush) {
    return settledThrough >= flush.target() && backlog == 0;
  }

  private FlushReport report(Flush flush) {
    long pending = backlog;
    for (Iterable<QueuedEvent> events : List.of(inFlight, queued)) {
      for (QueuedEvent event : events) {
        pending += event.sequence() > 0 && event.sequence() <= flush.target() ? 1 : 0;
      }
    }
    long droppedNow = dropped - droppedReported;
    droppedReported = dropped;
    Outcomes outcomes = flush.outcomes();
    return new FlushReport(
        outcomes.accepted(),
        outcomes.duplicates(),
        List.copyOf(outcomes.failed()),
        droppedNow,
        pending);
  }

  /** From now on nothing is waited for that need not be: the process ends. */
  void hurry() {
    lock.lock();
    try {
      hurried = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No more events from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the taking; what is not settled has failed. Gives back how many events that are. */
  long stop() {
    lock.lock();
    try {
      stopped = true;
      inFlight.addAll(queued);
      queued.clear();
      queuedBytes = 0;
      List<QueuedEvent> left = List.copyOf(inFlight);
      for (QueuedEvent event : left) {
        fail(event, "closed", "The client was closed before the event was delivered");
      }
      backlog = 0;
      work.signalAll();
      settling.signalAll();
      return left.size();
    } finally {
      lock.unlock();
    }
  }

  /** What was taken and not settled has failed, by a fault of this client. */
  void failInFlight(String code, String reason) {
    lock.lock();
    try {
      for (QueuedEvent event : List.copyOf(inFlight)) {
        fail(event, code, reason);
      }
    } finally {
      lock.unlock();
    }
  }

  Stats stats() {
    lock.lock();
    try {
      return new Stats(tracked, accepted, duplicates, failed, dropped, unsettled + backlog);
    } finally {
      lock.unlock();
    }
  }
}
