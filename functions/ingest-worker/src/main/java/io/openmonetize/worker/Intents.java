package io.openmonetize.worker;

import io.openmonetize.events.CallIntent;
import io.openmonetize.events.QueueMessage;
import java.time.Instant;

/** What becomes of the intents that the queue brings. */
public final class Intents {
  /** Whether the ledger lists an event of the call. */
  @FunctionalInterface
  public interface Listed {
    boolean lists(String customerId, Instant startedAt, String requestId);
  }

  /** Sends an intent again, delayed until it is due or for as long as the queue can. */
  @FunctionalInterface
  public interface Resend {
    void send(QueueMessage intent, Instant now);
  }

  private final Listed ledger;
  private final Resend queue;

  public Intents(Listed ledger, Resend queue) {
    this.ledger = ledger;
    this.queue = queue;
  }

  /**
   * Whether the call is to be booked as unaccounted now. An intent that came too early is sent
   * again and is then done with: were it failed instead, its receive count would rise until the
   * queue took it for a dead letter.
   */
  boolean stillOpen(QueueMessage.Intent intent, Instant now) {
    CallIntent call = intent.call();
    if (now.isBefore(call.due())) {
      queue.send(intent, now);
      return false;
    }
    return !ledger.lists(call.attribution().customerId(), call.startedAt(), call.requestId());
  }
}
