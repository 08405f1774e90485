package io.openmonetize.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event, as {@code GET /runtime/invocation/next} hands it out.
 *
 * @param requestId {@code Lambda-Runtime-Aws-Request-Id}
 * @param deadline {@code Lambda-Runtime-Deadline-Ms}: the platform ends the process after this
 *     instant
 * @param traceId {@code Lambda-Runtime-Trace-Id}, where tracing is on
 * @param event the payload, as it came
 */
public record Invocation(
    String requestId,
    Instant deadline,
    @Nullable String functionArn,
    @Nullable String traceId,
    byte[] event) {}
