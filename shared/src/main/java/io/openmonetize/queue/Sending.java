package io.openmonetize.queue;

import java.time.Duration;

/** A message on its way to the queue. */
@FunctionalInterface
public interface Sending {
  /**
   * Waits until the message is queued or has failed, at most for this time. Interrupted, it returns
   * at once and leaves the thread's mark.
   */
  void await(Duration atMost);
}
