package io.openmonetize.proxy.settlement;

import io.openmonetize.queue.Sending;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call's intent on its way to the queue while the provider works. It begins when the request is
 * sent, not before: on a part of a processor the sending would hold the request up. For one thread.
 */
public final class Announcement {
  private final Supplier<Sending> start;
  private boolean begun;
  private @Nullable Sending sending;

  Announcement(Supplier<Sending> start) {
    this.start = start;
  }

  /** Has the intent sent, once however often this is called. */
  public void begin() {
    if (!begun) {
      begun = true;
      sending = start.get();
    }
  }

  /**
   * Waits until the intent is sent or has failed, at most for this time: a function that answers is
   * frozen, and its connections with it.
   */
  public void await(Duration atMost) {
    if (sending != null && atMost.isPositive()) {
      sending.await(atMost);
    }
  }
}
