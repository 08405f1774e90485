package io.openmonetize.worker;

import java.time.Clock;
import java.time.Duration;

final class Times {
  private Times() {}

  /** Of an invocation that begins now. */
  static TimeLeft left(Duration timeout) {
    Clock clock = Clock.systemUTC();
    return TimeLeft.until(clock.instant().plus(timeout), clock);
  }
}
