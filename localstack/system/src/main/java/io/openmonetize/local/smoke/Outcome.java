package io.openmonetize.local.smoke;

/** What became of a check, with what was seen. */
sealed interface Outcome {
  String seen();

  record Passed(String seen) implements Outcome {}

  record Failed(String seen) implements Outcome {}

  /** A figure or fact that is neither right nor wrong. */
  record Measured(String seen) implements Outcome {}

  record Skipped(String seen) implements Outcome {}

  static Outcome of(boolean passed, String seen) {
    return passed ? new Passed(seen) : new Failed(seen);
  }
}
