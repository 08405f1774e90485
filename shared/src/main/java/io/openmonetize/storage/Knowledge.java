package io.openmonetize.storage;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.UsageEvent;

/**
 * How much a report knows of what was used, from least to most. What knows more takes the place of
 * what knows less about the same answer, and never the other way, in whatever order they come.
 */
public enum Knowledge {
  /** A call began, and how it ended nobody said. */
  UNACCOUNTED,
  /** The call ended, and what it used was not said (or not yet). */
  MISSING,
  /** A lower bound, an estimate, or a word that the provider revises. */
  INCOMPLETE,
  /** The provider's last word, or that nothing was billable. */
  FINAL;

  public static Knowledge of(UsageEvent event) {
    return switch (event.usage().status()) {
      case MISSING -> event.call().status() == CallStatus.UNACCOUNTED ? UNACCOUNTED : MISSING;
      case PARTIAL, ESTIMATED -> INCOMPLETE;
      case EXACT, NONE -> FINAL;
    };
  }

  public boolean isMoreThan(Knowledge other) {
    return compareTo(other) > 0;
  }
}
