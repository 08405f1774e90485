package io.openmonetize.proxy.settlement;

import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Sends events that the log has already, and names there each that the queue did not take. */
record EventSending(EventSink sink, Log log, Clock clock) {

  /**
   * @param giveUpAt when to leave to the log what is not yet queued
   */
  void send(List<UsageEvent> events, Instant giveUpAt) {
    try {
      if (clock.instant().isAfter(giveUpAt)) {
        events.forEach(event -> failed(event, "no time was left"));
      } else if (events.size() == 1) {
        sink.send(new QueueMessage.Event(events.getFirst()));
      } else {
        sink.sendAll(events).forEach(i -> failed(events.get(i), "refused"));
      }
    } catch (RuntimeException e) {
      events.forEach(event -> failed(event, e.getClass().getName()));
    }
  }

  void failed(UsageEvent event, String cause) {
    log.error("usage.enqueue_failed", "event_id", event.eventId(), "cause", cause);
  }
}
