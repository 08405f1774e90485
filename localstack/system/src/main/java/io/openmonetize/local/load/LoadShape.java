package io.openmonetize.local.load;

import java.time.Instant;

/**
 * How much made-up usage, and over what it is spread. Two of the same shape are the same usage, to
 * the last id.
 *
 * @param events altogether, at least 1
 * @param customers some of whom use far more than others, at least 1
 * @param days UTC days up to that of {@code until}, at least 1; fewer events on weekends
 * @param longestSession events that one user makes in a row at most, at least 1; on average half
 * @param until all happened before
 */
public record LoadShape(
    int events, int customers, int days, int longestSession, long seed, Instant until) {
  public LoadShape {
    if (events < 1 || customers < 1 || days < 1 || longestSession < 1) {
      throw new IllegalArgumentException("a load has one of everything at least");
    }
  }
}
