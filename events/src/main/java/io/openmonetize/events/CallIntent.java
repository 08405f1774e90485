package io.openmonetize.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that is about to be made: what can be said of it if nothing more is ever heard. Like an
 * event it never holds any text of a prompt, nor a key.
 *
 * @param requestId the id under which the caller knows it, and its event's id once it is settled
 * @param startedAt as its event's timestamp will be, exactly
 * @param due from when on the call is unaccounted if it is not settled
 * @param apiKeyId the id (not the value) of the key that was used
 * @param attempt as in its event's {@link Call}
 * @param logicalCallId as in its event's {@link Call}
 */
public record CallIntent(
    String requestId,
    Instant startedAt,
    Instant due,
    String environment,
    @Nullable String apiKeyId,
    Attribution attribution,
    Provider provider,
    String endpoint,
    @Nullable String requestedModel,
    boolean streamed,
    @Nullable Integer attempt,
    @Nullable String logicalCallId) {

  /** The event that stands for the call until it is settled. */
  public UsageEvent unaccounted() {
    return new UsageEvent(
        requestId,
        new EventIdentity.ById(requestId),
        EventType.TOKEN_USAGE,
        startedAt,
        Source.PROXY,
        environment,
        apiKeyId,
        attribution,
        provider,
        null,
        requestedModel,
        endpoint,
        streamed,
        Usage.missing("the call was never settled"),
        new Call(CallStatus.UNACCOUNTED, null, null, null, null, null, null)
            .asAttempt(attempt, logicalCallId));
  }
}
