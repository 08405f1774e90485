package io.openmonetize.sdk.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Twice as long after each try, half of it random, so that many clients do not come as one. */
final class RetryDelay {
  private static final long FIRST = Duration.ofMillis(250).toNanos();
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();
  private static final int DOUBLINGS_AT_MOST = 7;

  private final RandomGenerator random;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param tries before, beyond the first: from 0
   * @return nanoseconds
   */
  long after(int tries) {
    long whole = Math.min(LONGEST, FIRST << Math.min(tries, DOUBLINGS_AT_MOST));
    return whole / 2 + random.nextLong(whole / 2 + 1);
  }
}
