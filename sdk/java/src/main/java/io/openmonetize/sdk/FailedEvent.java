package io.openmonetize.sdk;

/**
 * An event that failed for good.
 *
 * @param eventId the id it got when it was tracked
 * @param code a stable word: the server's, such as {@code INVALID} or {@code UNAUTHORIZED}, or the
 *     client's: {@code no_api_key}, {@code retries_exhausted}, {@code too_large}, {@code closed},
 *     {@code internal_error}
 * @param reason the same in words
 */
public record FailedEvent(String eventId, String code, String reason) {}
