package io.openmonetize.proxy.settlement;

import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.settlement.Settlement.NotReached;
import io.openmonetize.proxy.settlement.Settlement.Settled;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Books calls. Each event is first a line in the log, from which it can be booked again if the
 * queue does not take it. Nothing is thrown: by now the caller has its answer.
 */
public final class Settler {
  /** A batch's results may be many thousand lines; between two parts the time is looked at. */
  private static final int EVENTS_AT_ONCE = 50;

  private final EventSink sink;
  private final Log log;
  private final Clock clock;

  public Settler(EventSink sink, Log log, Clock clock) {
    this.sink = sink;
    this.log = log;
    this.clock = clock;
  }

  /** Before the request goes upstream: a call that never comes back has at least this line. */
  public void started(StartedCall call, String invocationId) {
    log.record(
        "call.start",
        "request_id",
        call.requestId(),
        "invocation_id",
        invocationId,
        "customer_id",
        call.attribution().customerId(),
        "user_id",
        call.attribution().userId(),
        "feature_id",
        call.attribution().featureId(),
        "api_key_id",
        call.key().id(),
        "provider",
        call.endpoint().provider(),
        "endpoint",
        call.endpoint().wireName(),
        "requested_model",
        call.requestedModel());
  }

  /**
   * @param giveUpAt when to leave what is not yet queued to the log
   */
  public void settle(StartedCall call, Settlement settlement, Instant giveUpAt) {
    switch (settlement) {
      case NotReached() -> log.record("call.unreached", "request_id", call.requestId());
      case Settled settled -> {
        List<UsageEvent> events = SettledEvents.of(call, settled);
        for (UsageEvent event : events) {
          log.record("usage.record", "usage", new Log.Raw(UsageEventJson.write(event)));
        }
        enqueue(events, giveUpAt);
      }
    }
  }

  private void enqueue(List<UsageEvent> events, Instant giveUpAt) {
    for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
      List<UsageEvent> part = events.subList(from, Math.min(events.size(), from + EVENTS_AT_ONCE));
      try {
        if (clock.instant().isAfter(giveUpAt)) {
          part.forEach(event -> failed(event, "no time was left"));
        } else if (part.size() == 1) {
          sink.send(part.getFirst());
        } else {
          sink.sendAll(part).forEach(i -> failed(part.get(i), "refused"));
        }
      } catch (RuntimeException e) {
        part.forEach(event -> failed(event, e.getClass().getName()));
      }
    }
  }

  private void failed(UsageEvent event, String cause) {
    log.error("usage.enqueue_failed", "event_id", event.eventId(), "cause", cause);
  }
}
