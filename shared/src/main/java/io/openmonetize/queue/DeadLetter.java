package io.openmonetize.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be booked.
 *
 * @param id of the message in the dead-letter queue
 * @param body as it was sent; like every message it holds no text of a prompt
 * @param cause why the last try failed: a code, or the name of a field; null when SQS itself moved
 *     the message, which keeps no cause (the worker was killed, or timed out)
 * @param attempts how often it was tried; null when SQS itself moved it
 * @param sentAt when it came into this queue; null when the queue does not say
 */
public record DeadLetter(
    String id,
    String body,
    @Nullable String cause,
    @Nullable Integer attempts,
    @Nullable Instant sentAt) {}
