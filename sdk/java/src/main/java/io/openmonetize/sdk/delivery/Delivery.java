package io.openmonetize.sdk.delivery;

import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.OpenMonetizeLogger;
import io.openmonetize.sdk.Stats;
import io.openmonetize.sdk.transport.HttpTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delivers events: from any thread into a queue, and from there by one thread to the server. */
public final class Delivery {
  private static final long THREAD_ENDS_WITHIN_MS = 1000;

  private final DeliveryQueue queue;
  private final DeliveryLog log;
  private final Thread thread;

  /**
   * Starts the thread.
   *
   * @param settings what to do
   * @param transport by which to send
   * @param pacer whose time the thread keeps
   * @param clock what time it is, for dates of the server's
   * @param random for the length of pauses
   * @param logger where to log to
   * @param backlog events of earlier processes
   */
  public Delivery(
      DeliverySettings settings,
      HttpTransport transport,
      Pacer pacer,
      Clock clock,
      RandomGenerator random,
      OpenMonetizeLogger logger,
      Backlog backlog) {
    this.queue = new DeliveryQueue(settings, pacer, backlog.size());
    this.log = new DeliveryLog(logger, pacer);
    Exchange exchange = new Exchange(settings, transport, clock);
    Sender sender = new Sender(settings, queue, backlog, exchange, random, log);
    this.thread = new Thread(sender, "openmonetize-sender");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues an event, or drops it where there is no room.
   *
   * @param eventId its id
   * @param json the event, a line feed at its end
   * @param keeper what keeps it besides
   */
  public void offer(String eventId, byte[] json, Keeper keeper) {
    if (json.length >= DeliverySettings.EVENTS_BYTES_AT_MOST) {
      throw new IllegalArgumentException("The event is larger than a request may be");
    }
    switch (queue.reserve(json.length)) {
      case FULL -> log.full();
      case CLOSED -> log.closed();
      case GIVEN -> put(eventId, json, keeper);
    }
  }

  private void put(String eventId, byte[] json, Keeper keeper) {
    Receipt receipt;
    try {
      receipt = keeper.keep(json);
    } catch (RuntimeException | Error e) {
      queue.giveBack(json.length);
      throw e;
    }
    queue.put(eventId, json, receipt);
  }

  /** Counts an event that cannot be sent. */
  public void drop() {
    queue.drop();
  }

  /**
   * Waits until all events that are queued now are settled.
   *
   * @param limit no longer than this
   * @return what became of them
   */
  public FlushReport flush(Duration limit) {
    return queue.flush(nanos(limit));
  }

  /**
   * The same before the process ends: pauses are cut short, and no interrupt ends it.
   *
   * @param limit no longer than this
   */
  public void flushHurried(Duration limit) {
    queue.hurry();
    queue.flushLast(nanos(limit));
  }

  /**
   * Takes no more events, flushes and ends the thread.
   *
   * @param limit of the flush
   */
  public void close(Duration limit) {
    queue.close();
    flushHurried(limit);
    long left = queue.stop();
    if (left > 0) {
      log.left(left);
    }
    thread.interrupt();
    try {
      thread.join(THREAD_ENDS_WITHIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Counts since the beginning.
   *
   * @return the counts now
   */
  public Stats stats() {
    return queue.stats();
  }

  /** A long has room for 292 years only. */
  private static long nanos(Duration limit) {
    if (limit.isNegative()) {
      return 0;
    }
    return limit.compareTo(Duration.ofNanos(Pacer.FOREVER)) > 0 ? Pacer.FOREVER : limit.toNanos();
  }
}
