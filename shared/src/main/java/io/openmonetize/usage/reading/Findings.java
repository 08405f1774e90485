package io.openmonetize.usage.reading;

import org.jspecify.annotations.Nullable;

/** What was found wrong with a usage object. The first of each kind is kept. */
public final class Findings {
  private @Nullable String violation;
  private @Nullable String gap;
  private @Nullable String guess;

  /** Something that always holds does not: the numbers contradict each other, or are none. */
  public void violation(String what) {
    violation = violation == null ? what : violation;
  }

  /** Something was used that the provider does not tell: what is known is a lower bound. */
  public void gap(String what) {
    gap = gap == null ? what : gap;
  }

  /** Something was inferred, or will be revised by the provider. */
  public void guess(String what) {
    guess = guess == null ? what : guess;
  }

  /** Takes over what was found elsewhere. */
  public void addAll(Findings others) {
    violation = violation == null ? others.violation : violation;
    gap = gap == null ? others.gap : gap;
    guess = guess == null ? others.guess : guess;
  }

  @Nullable String violation() {
    return violation;
  }

  @Nullable String gap() {
    return gap;
  }

  @Nullable String guess() {
    return guess;
  }
}
