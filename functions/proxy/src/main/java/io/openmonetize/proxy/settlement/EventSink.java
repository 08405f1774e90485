package io.openmonetize.proxy.settlement;

import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.queue.Sending;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Where events and intents go: the usage queue. */
public interface EventSink {
  /**
   * @throws RuntimeException when it is not known that the message got there
   */
  void send(QueueMessage message);

  /**
   * Sends on another thread: the caller waits neither for the queue nor for its failure.
   *
   * @param failed gets what {@link #send} would have thrown
   */
  default Sending sendLater(QueueMessage message, Consumer<RuntimeException> failed) {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    send(message);
                  } catch (RuntimeException e) {
                    failed.accept(e);
                  }
                });
    return atMost -> {
      try {
        thread.join(atMost);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /**
   * @return the indexes of those that are not known to have got there
   */
  Set<Integer> sendAll(List<UsageEvent> events);
}
