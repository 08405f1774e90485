package io.openmonetize.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long the invocation may still work. */
@FunctionalInterface
public interface TimeLeft {
  Duration get();

  /** Until the platform ends the process; zero from then on. */
  static TimeLeft until(Instant deadline, Clock clock) {
    return () -> {
      Duration left = Duration.between(clock.instant(), deadline);
      return left.isNegative() ? Duration.ZERO : left;
    };
  }
}
