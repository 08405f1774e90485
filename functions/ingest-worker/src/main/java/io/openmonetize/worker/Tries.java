package io.openmonetize.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The time for the tries of one change, and the pauses between them. */
final class Tries {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** No try begins with less time than this; what is left then serves to answer. */
  private static final Duration LEAST_TIME = Duration.ofMillis(500);

  private final TimeLeft timeLeft;
  private final RandomGenerator random;
  private int failures;
  private String cause = "OutOfTime";

  Tries(TimeLeft timeLeft, RandomGenerator random) {
    this.timeLeft = timeLeft;
    this.random = random;
  }

  /** How long the next try may take; zero when there is no time for one. */
  Duration next() {
    Duration time = timeLeft.get().minus(LEAST_TIME);
    return time.isNegative() ? Duration.ZERO : time;
  }

  /** What was in the way of the last try. */
  String cause() {
    return cause;
  }

  /** Any time up to a bound that doubles, so that those who met do not meet again. */
  void pause(String obstacle) {
    cause = obstacle;
    long bound = FIRST_PAUSE.toMillis() << Math.min(failures++, 10);
    bound = Math.min(bound, Math.min(LONGEST_PAUSE.toMillis(), next().toMillis()));
    try {
      Thread.sleep(random.nextLong(bound + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to try again", e);
    }
  }
}
