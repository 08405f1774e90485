package io.openmonetize.proxy.settlement;

import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.proxy.settlement.Settlement.Settled;
import io.openmonetize.usage.BatchLineReading;
import io.openmonetize.usage.UsageReading;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events that book a call. */
final class SettledEvents {
  private SettledEvents() {}

  /** Of the call itself. */
  static UsageEvent call(StartedCall started, Settled settled) {
    UsageReading reading = settled.reading();
    return event(
        started,
        started.requestId(),
        identity(started, reading),
        reading.model(),
        settled.streamed(),
        reading.usage(),
        settled.call().asAttempt(started.attempt().number(), started.attempt().logicalCallId()));
  }

  /**
   * The answer's own id, so that the same answer read again is not booked again. What a later
   * reading tells better takes the place of what an earlier one told: a background response, say,
   * is first read when it is merely queued. Not so where nothing was billable: asking for an
   * answer's state is a call of its own, and the answer's use is told elsewhere.
   */
  private static EventIdentity identity(StartedCall started, UsageReading reading) {
    return reading.responseId() != null && reading.usage().status() != UsageStatus.NONE
        ? new EventIdentity.ByResponse(started.endpoint().provider(), reading.responseId())
        : new EventIdentity.ById(started.requestId());
  }

  /**
   * Of a line of batch results that the call read.
   *
   * @param index the line's place among them
   */
  static UsageEvent line(StartedCall started, int index, BatchLineReading line) {
    // Made from the call's id, so that the same settlement logged and queued names the same events.
    String eventId =
        UUID.nameUUIDFromBytes((started.requestId() + "#" + index).getBytes(StandardCharsets.UTF_8))
            .toString();
    Provider provider = started.endpoint().provider();
    boolean named = started.batchId() != null && line.customId() != null;
    var call =
        new Call(
            line.errorType() == null ? CallStatus.OK : CallStatus.ERROR,
            null,
            line.errorType(),
            null,
            line.responseId(),
            null,
            null);
    return event(
        started,
        eventId,
        named
            ? new EventIdentity.ByBatchLine(provider, started.batchId(), line.customId())
            : new EventIdentity.ById(eventId),
        line.model(),
        false,
        line.usage(),
        call);
  }

  private static UsageEvent event(
      StartedCall started,
      String eventId,
      EventIdentity identity,
      @Nullable String model,
      boolean streamed,
      Usage usage,
      Call call) {
    String requested = started.requestedModel();
    return new UsageEvent(
        eventId,
        identity,
        EventType.TOKEN_USAGE,
        started.startedAt(),
        Source.PROXY,
        started.key().environment(),
        started.key().id(),
        started.attribution(),
        started.endpoint().provider(),
        model,
        requested != null && requested.equals(model) ? null : requested,
        started.endpoint().wireName(),
        streamed,
        usage,
        call);
  }
}
