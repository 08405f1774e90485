package io.openmonetize.proxy.settlement;

import io.openmonetize.events.Attribution;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.proxy.request.Attempt;
import io.openmonetize.usage.Endpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that is about to go upstream.
 *
 * @param requestId the id under which the caller knows it, {@code x-om-request-id}
 * @param batchId the batch, or the file of its results, that the path names; null for other paths
 */
public record StartedCall(
    String requestId,
    Instant startedAt,
    Attribution attribution,
    ApiKey key,
    Endpoint endpoint,
    @Nullable String requestedModel,
    @Nullable String batchId,
    Attempt attempt) {}
