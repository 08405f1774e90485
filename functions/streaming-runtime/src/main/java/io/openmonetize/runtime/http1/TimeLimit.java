package io.openmonetize.runtime.http1;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
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

  /**
   * @param timer should forget cancelled tasks at once, since most limits are lifted in time
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
