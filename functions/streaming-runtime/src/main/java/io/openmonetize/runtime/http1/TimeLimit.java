package io.openmonetize.runtime.http1;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes a connection when its time is up. A socket's own timeout covers reads only, and starts
 * again with each of them; a peer that takes no more bytes would block a write for ever.
 */
public final class TimeLimit {
  private enum State {
    RUNNING,
    LIFTED,
    EXPIRED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private final Closeable connection;
  private final Future<?> alarm;

  private TimeLimit(ScheduledExecutorService timer, Closeable connection, Duration duration) {
    this.connection = connection;
    this.alarm = timer.schedule(this::expire, duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How often a timer wakes for nothing: as good as never, and sooner than limits usually end. */
  private static final Duration TICK = Duration.ofSeconds(5);

  /**
   * A timer that limits cost next to nothing on. A scheduled pool wakes its thread for each task
   * that becomes the first in line, which on an otherwise empty timer is each limit: two or three
   * changes of thread, for something that is nearly always lifted in time. Here a task of the
   * timer's own stays the first.
   *
   * @param name of its thread, a daemon
   */
  public static ScheduledExecutorService timer(String name) {
    var timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    timer.setRemoveOnCancelPolicy(true);
    // With a delay, not at a rate: a thawed process would otherwise make up for all its ticks.
    timer.scheduleWithFixedDelay(() -> {}, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    return timer;
  }

  /**
   * @param timer such as {@link #timer}; it should forget cancelled tasks at once, since most
   *     limits are lifted in time
   * @param connection whatever closes it without waiting: of a TLS socket the TCP one below it
   */
  public static TimeLimit start(
      ScheduledExecutorService timer, Closeable connection, Duration duration) {
    return new TimeLimit(timer, connection, duration);
  }

  /**
   * Ends the limit. False when it was too late for that, and the connection is closed or about to
   * be.
   */
  public boolean lift() {
    alarm.cancel(false);
    state.compareAndSet(State.RUNNING, State.LIFTED);
    return state.get() == State.LIFTED;
  }

  public boolean expired() {
    return state.get() == State.EXPIRED;
  }

  private void expire() {
    if (state.compareAndSet(State.RUNNING, State.EXPIRED)) {
      try {
        connection.close();
      } catch (IOException e) {
        // It is closed all the same.
      }
    }
  }
}
