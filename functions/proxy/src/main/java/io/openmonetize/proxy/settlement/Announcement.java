package io.openmonetize.proxy.settlement;

import io.openmonetize.queue.Sending;
import java.time.Duration;

/** A call's intent on its way to the queue, while the provider works. */
public final class Announcement {
  private final Sending sending;

  Announcement(Sending sending) {
    this.sending = sending;
  }

  /**
   * Waits until the intent is sent or has failed, at most for this time: a function that answers is
   * frozen, and its connections with it.
   */
  public void await(Duration atMost) {
    if (atMost.isPositive()) {
      sending.await(atMost);
    }
  }
}
