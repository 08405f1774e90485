package io.openmonetize.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One billable (or proven not billable) thing that happened: the unit that is queued, stored,
 * priced and shown. It never holds any text of a prompt or an answer, nor a key.
 *
 * @param eventId unique by construction; for a proxied call the id under which the caller knows it
 *     ({@code x-om-request-id})
 * @param timestamp when it happened, which for a proxied call is when the request went upstream
 * @param environment the stage whose key was used: {@code dev} or {@code live}
 * @param apiKeyId the id (not the value) of the key that was used
 * @param model the response's model; null when the answer named none
 * @param requestedModel the model asked for, where it is known and differs
 * @param endpoint the provider's operation, such as {@code messages} or {@code chat_completions}
 */
public record UsageEvent(
    String eventId,
    EventIdentity identity,
    EventType type,
    Instant timestamp,
    Source source,
    String environment,
    @Nullable String apiKeyId,
    Attribution attribution,
    @Nullable Provider provider,
    @Nullable String model,
    @Nullable String requestedModel,
    @Nullable String endpoint,
    boolean streamed,
    Usage usage,
    Call call) {}
