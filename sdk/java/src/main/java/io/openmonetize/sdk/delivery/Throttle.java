package io.openmonetize.sdk.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** Lets one log line through in so long a time, and counts what it stands for. */
public final class Throttle {
  private final Pacer pacer;
  private final long nanos;
  private final AtomicLong next;
  private final AtomicLong held = new AtomicLong();

  /**
   * Lets the first through.
   *
   * @param pacer whose time
   * @param nanos between two lines
   */
  public Throttle(Pacer pacer, long nanos) {
    this.pacer = pacer;
    this.nanos = nanos;
    this.next = new AtomicLong(pacer.nanoTime());
  }

  /**
   * Counts one more.
   *
   * @return how many a line is to tell of; 0 when it is not time for one
   */
  public long count() {
    held.incrementAndGet();
    long now = pacer.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + nanos) ? held.getAndSet(0) : 0;
  }
}
