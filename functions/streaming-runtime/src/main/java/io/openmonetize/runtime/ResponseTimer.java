package io.openmonetize.runtime;

import io.openmonetize.runtime.http1.TimeLimit;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/** Ends responses whose time is up, all of them with one thread. */
final class ResponseTimer implements AutoCloseable {
  /** As good as for ever, and small enough to be counted in nanoseconds. */
  private static final Duration AT_MOST = Duration.ofDays(365);

  private final Clock clock;
  private final ScheduledExecutorService timer = TimeLimit.timer("response-limits");

  ResponseTimer(Clock clock) {
    this.clock = clock;
  }

  TimeLimit until(Instant end, Socket socket) {
    return TimeLimit.start(timer, socket, left(end));
  }

  TimeLimit within(Duration duration, Socket socket) {
    return TimeLimit.start(timer, socket, duration);
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
