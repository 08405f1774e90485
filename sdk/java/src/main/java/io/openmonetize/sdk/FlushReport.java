package io.openmonetize.sdk;

import java.util.List;

/**
 * What became of the events that were tracked before a flush.
 *
 * @param accepted how many the server has for good, repeated ones not included
 * @param duplicates how many the server said it had already
 * @param failed those that will never be accepted; of more than 10,000 the last ones, though {@link
 *     Stats#failed} counts all
 * @param dropped how many tracked events never got into the queue, since the report before
 * @param pending how many are not settled yet: more than 0 only where a time limit ended the wait
 */
public record FlushReport(
    long accepted, long duplicates, List<FailedEvent> failed, long dropped, long pending) {
  /** Copies the list. */
  public FlushReport {
    failed = List.copyOf(failed);
  }
}
