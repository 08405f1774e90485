package io.openmonetize.queue;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import java.time.Duration;
import java.time.Instant;

/**
 * How long after its start a call must have been settled, or it is booked as unaccounted. The proxy
 * and the worker must be told the same.
 *
 * @param delay at least two seconds, since SQS delays by whole ones
 */
public record IntentDelay(Duration delay) {
  private static final Duration LEAST = Duration.ofSeconds(2);

  /** A minute after the latest moment at which the proxy's function can still be running. */
  public static final IntentDelay DEFAULT = new IntentDelay(Duration.ofMinutes(14));

  public IntentDelay {
    if (delay.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("an intent must be delayed by two seconds at least");
    }
  }

  /**
   * Reads {@code OM_INTENT_DELAY_MS}.
   *
   * @throws ConfigurationException when it is no number from two seconds to a day
   */
  public static IntentDelay of(Environment environment) {
    return new IntentDelay(
        Duration.ofMillis(
            environment.number(
                "OM_INTENT_DELAY_MS",
                (int) DEFAULT.delay.toMillis(),
                (int) LEAST.toMillis(),
                (int) Duration.ofDays(1).toMillis())));
  }

  public Instant due(Instant startedAt) {
    return startedAt.plus(delay);
  }

  /**
   * Whether the call's intent may be in hand at the same time, or an index may not show the
   * settlement yet when it is. Half of the delay is left for an index to follow, for two clocks to
   * differ, and for a transaction under way to end.
   */
  public boolean mayMeet(Instant startedAt, Instant now) {
    return now.isAfter(startedAt.plus(delay.dividedBy(2)));
  }
}
