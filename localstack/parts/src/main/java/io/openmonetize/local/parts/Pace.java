package io.openmonetize.local.parts;

import java.time.Duration;

/**
 * How fast a stand-in answers.
 *
 * @param first until the response's head
 * @param between two pieces of a stream
 */
public record Pace(Duration first, Duration between) {
  public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO);

  /** Such as a fast model is today. */
  public static final Pace REALISTIC = new Pace(Duration.ofMillis(350), Duration.ofMillis(35));
}
