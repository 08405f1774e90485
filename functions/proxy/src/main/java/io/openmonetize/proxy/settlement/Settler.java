package io.openmonetize.proxy.settlement;

import io.openmonetize.events.CallIntent;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.settlement.Settlement.NotReached;
import io.openmonetize.proxy.settlement.Settlement.Settled;
import io.openmonetize.queue.IntentDelay;
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
  private final IntentDelay intents;

  public Settler(EventSink sink, Log log, Clock clock, IntentDelay intents) {
    this.sink = sink;
    this.log = log;
    this.clock = clock;
    this.intents = intents;
  }

  /**
   * Before the request goes upstream: a call that never comes back has at least this line, from
   * which its intent can be sent again.
   */
  public void started(CallIntent intent, String invocationId) {
    log.record(
        "call.start",
        "request_id",
        intent.requestId(),
        "invocation_id",
        invocationId,
        "intent",
        new Log.Raw(QueueMessageJson.write(new QueueMessage.Intent(intent))));
  }

  /**
   * Sends the call's intent, on a thread of its own: the call waits neither for the queue nor for
   * its failure.
   */
  public Announcement announce(CallIntent intent) {
    return new Announcement(
        Thread.ofVirtual()
            .name("intent-" + intent.requestId())
            .start(() -> send(new QueueMessage.Intent(intent), intent.requestId())));
  }

  /**
   * @param streamed whether a stream was asked for
   */
  public CallIntent intent(StartedCall call, boolean streamed) {
    return new CallIntent(
        call.requestId(),
        call.startedAt(),
        intents.due(call.startedAt()),
        call.key().environment(),
        call.key().id(),
        call.attribution(),
        call.endpoint().provider(),
        call.endpoint().wireName(),
        call.requestedModel(),
        streamed);
  }

  /**
   * @param giveUpAt when to leave what is not yet queued to the log
   */
  public void settle(StartedCall call, Settlement settlement, Instant giveUpAt) {
    switch (settlement) {
      case NotReached() -> {
        log.record("call.unreached", "request_id", call.requestId());
        if (!clock.instant().isAfter(giveUpAt)) {
          send(
              new QueueMessage.Withdrawal(call.attribution().customerId(), call.requestId()),
              call.requestId());
        }
      }
      case Settled settled -> {
        List<UsageEvent> events = SettledEvents.of(call, settled);
        for (UsageEvent event : events) {
          log.record("usage.record", "usage", new Log.Raw(UsageEventJson.write(event)));
        }
        enqueue(events, giveUpAt);
      }
    }
  }

  private void send(QueueMessage aboutCall, String requestId) {
    try {
      sink.send(aboutCall);
    } catch (RuntimeException e) {
      log.error("intent.enqueue_failed", "request_id", requestId, "cause", e);
    }
  }

  private void enqueue(List<UsageEvent> events, Instant giveUpAt) {
    for (int from = 0; from < events.size(); from += EVENTS_AT_ONCE) {
      List<UsageEvent> part = events.subList(from, Math.min(events.size(), from + EVENTS_AT_ONCE));
      try {
        if (clock.instant().isAfter(giveUpAt)) {
          part.forEach(event -> failed(event, "no time was left"));
        } else if (part.size() == 1) {
          sink.send(new QueueMessage.Event(part.getFirst()));
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
