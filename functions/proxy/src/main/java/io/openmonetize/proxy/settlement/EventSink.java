package io.openmonetize.proxy.settlement;

import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import java.util.List;
import java.util.Set;

/** Where events and intents go: the usage queue. */
public interface EventSink {
  /**
   * @throws RuntimeException when it is not known that the message got there
   */
  void send(QueueMessage message);

  /**
   * @return the indexes of those that are not known to have got there
   */
  Set<Integer> sendAll(List<UsageEvent> events);
}
