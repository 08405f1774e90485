package io.openmonetize.events;

/** How well the usage of a call is known. */
public enum UsageStatus {
  /** The provider's own final usage object was read whole. */
  EXACT("exact"),
  /** Some of it is the provider's word, the rest was never said: a lower bound. */
  PARTIAL("partial"),
  /** Not the provider's word, or a word that the provider revises later. */
  ESTIMATED("estimated"),
  /** Something was billable and nothing is known of it. */
  MISSING("missing"),
  /** Nothing billable: a list, a count, a provider's error. */
  NONE("none");

  private final String wireName;

  UsageStatus(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
