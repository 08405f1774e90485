package io.openmonetize.usage;

import io.openmonetize.events.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One line of a batch's results, which is a call of its own.
 *
 * @param customId the line's {@code custom_id} (Gemini: {@code key}), unique within its batch; null
 *     when the line has none
 * @param model the model in the provider's words; null when it was not said
 * @param responseId the id of the answer in this line; null when there is none
 * @param errorType the provider's error type, or {@code canceled} or {@code expired}; null when the
 *     line succeeded
 */
public record BatchLineReading(
    @Nullable String customId,
    Usage usage,
    @Nullable String model,
    @Nullable String responseId,
    @Nullable String errorType) {}
