package io.openmonetize.sdk.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a try to send a batch came to. */
sealed interface Answer {
  /**
   * The server judged the events one by one.
   *
   * @param refused by their place in the batch
   * @param again places of those to be sent again
   * @param duplicates how many of the others, which are accepted, it had already
   * @param unavailable whether those to be sent again are so because the server could not take them
   */
  record Judged(
      Map<Integer, Refusal> refused,
      Set<Integer> again,
      long duplicates,
      boolean unavailable,
      @Nullable Duration retryAfter)
      implements Answer {}

  /**
   * Nothing is known; the same again may succeed.
   *
   * @param cause for the log
   * @param retryAfter how long the server wants to be left alone; null where it does not say
   */
  record TryLater(String cause, @Nullable Duration retryAfter) implements Answer {}

  /** The batch is wrong, and which event makes it so is not said. */
  record SomethingWrong(Refusal ifAlone) implements Answer {}

  /** Whoever sends may not: not the events' fault. */
  record NotAllowed(Refusal refusal) implements Answer {}

  /**
   * Why an event failed.
   *
   * @param code a stable word
   * @param field which one is wrong; empty where none is named
   * @param reason in words
   */
  record Refusal(String code, String field, String reason) {}
}
