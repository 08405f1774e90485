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
import io.openmonetize.queue.Sending;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Books calls. Each event is first a line in the log, from which it can be booked again if the
 * queue does not take it. Nothing is thrown: by now the caller has its answer.
 */
public final class Settler {
  private final EventSink sink;
  private final EventSending events;
  private final Path folder;
  private final Log log;
  private final Clock clock;
  private final IntentDelay intents;

  /**
   * @param folder where lines of a batch's results may wait for a slow queue
   */
  public Settler(EventSink sink, Log log, Clock clock, IntentDelay intents, Path folder) {
    this.sink = sink;
    this.events = new EventSending(sink, log, clock);
    this.folder = folder;
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
   * The sending of the call's intent, on a thread of its own: the call waits neither for the queue
   * nor for its failure.
   */
  public Announcement announcement(CallIntent intent) {
    return new Announcement(() -> announce(intent));
  }

  private Sending announce(CallIntent intent) {
    try {
      return sink.sendLater(
          new QueueMessage.Intent(intent), cause -> notSent(intent.requestId(), cause));
    } catch (RuntimeException e) {
      notSent(intent.requestId(), e);
      return _ -> {};
    }
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
        streamed,
        call.attempt().number(),
        call.attempt().logicalCallId());
  }

  /**
   * Takes the lines that the call may read of a batch's results; to be finished when it is over.
   *
   * @param giveUpAt when to leave what is not yet queued to the log
   */
  public ResultLines lines(StartedCall call, Instant giveUpAt) {
    return new ResultLines(call, events, folder, giveUpAt);
  }

  /**
   * @param giveUpAt when to leave what is not yet queued to the log
   */
  public void settle(StartedCall call, Settlement settlement, Instant giveUpAt) {
    switch (settlement) {
      case NotReached() -> {
        String customerId = call.attribution().customerId();
        log.record("call.unreached", "request_id", call.requestId(), "customer_id", customerId);
        if (!clock.instant().isAfter(giveUpAt)) {
          send(new QueueMessage.Withdrawal(customerId, call.requestId()), call.requestId());
        }
      }
      case Settled settled -> {
        UsageEvent event = SettledEvents.call(call, settled);
        log.record("usage.record", "usage", new Log.Raw(UsageEventJson.write(event)));
        events.send(List.of(event), giveUpAt);
      }
    }
  }

  private void send(QueueMessage aboutCall, String requestId) {
    try {
      sink.send(aboutCall);
    } catch (RuntimeException e) {
      notSent(requestId, e);
    }
  }

  private void notSent(String requestId, RuntimeException cause) {
    log.error("intent.enqueue_failed", "request_id", requestId, "cause", cause);
  }
}
