package io.openmonetize.local.host;

/** How an invocation ended, for whoever has to tell the caller. */
sealed interface Outcome {
  /** The receiver has had the response. */
  record Answered() implements Outcome {}

  /**
   * @param errorType as the function or the host names it
   */
  record Failed(String errorType) implements Outcome {}

  record TimedOut() implements Outcome {}

  /** No process had time for it. */
  record Throttled() implements Outcome {}
}
