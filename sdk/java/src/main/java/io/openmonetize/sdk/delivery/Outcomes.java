package io.openmonetize.sdk.delivery;

import io.openmonetize.sdk.FailedEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/** What became of some events. Not safe for threads: its user's lock guards it. */
final class Outcomes {
  /** Without a flush nobody ever asks, and memory is not to grow for that. */
  static final int FAILED_AT_MOST = 10_000;

  private final Deque<FailedEvent> failed = new ArrayDeque<>();
  private long accepted;
  private long duplicates;

  void addAccepted(boolean duplicate) {
    if (duplicate) {
      duplicates++;
    } else {
      accepted++;
    }
  }

  void addFailed(FailedEvent event) {
    if (failed.size() == FAILED_AT_MOST) {
      failed.removeFirst();
    }
    failed.addLast(event);
  }

  long accepted() {
    return accepted;
  }

  long duplicates() {
    return duplicates;
  }

  Deque<FailedEvent> failed() {
    return failed;
  }
}
