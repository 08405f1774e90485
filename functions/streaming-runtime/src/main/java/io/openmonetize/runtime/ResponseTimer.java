package io.openmonetize.runtime;

import io.openmonetize.runtime.http1.TimeLimit;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Ends responses whose time is up, all of them with one thread. */
final class ResponseTimer implements AutoCloseable {
  /** As good as for ever, and small enough to be counted in nanoseconds. */
  private static final Duration AT_MOST = Duration.ofDays(365);

  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("response-limits").factory());

  ResponseTimer(Clock clock) {
    this.clock = clock;
    timer.setRemoveOnCancelPolicy(true);
  }

  /** A limit that is set when there is a socket. */
  @FunctionalInterface
  interface Limit {
    TimeLimit on(Socket socket);
  }

  Limit until(Instant end) {
    return socket -> TimeLimit.start(timer, socket, left(end));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private Duration left(Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    return left.compareTo(AT_MOST) > 0 ? AT_MOST : left;
  }
}
