package io.openmonetize.worker;

/** What became of one reported event. */
public sealed interface Outcome {
  /** It is in the ledger now, and was not before. */
  record Recorded() implements Outcome {}

  /** It took the place of what the ledger had of the same event and knew less. */
  record Improved() implements Outcome {}

  /** The same report was in the ledger already. */
  record Duplicate() implements Outcome {}

  /** The ledger knows the same event better already. */
  record Superseded() implements Outcome {}

  /**
   * Another report of the same identity is in the ledger, and stays. This one is not counted: by
   * its identity it is no new event, and which of the two is right nobody here can say.
   */
  record Conflict() implements Outcome {}

  /**
   * It is older than events are kept, and was not booked: if it was counted once, what would show
   * it is deleted by now, and it would be counted twice.
   */
  record Expired() implements Outcome {}

  /**
   * It is not known to be in the ledger; it may be, when an answer was lost.
   *
   * @param cause an error code or a class name, never a message, which may quote the event
   */
  record NotRecorded(String cause) implements Outcome {}
}
