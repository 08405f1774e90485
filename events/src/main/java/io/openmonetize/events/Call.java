package io.openmonetize.events;

import org.jspecify.annotations.Nullable;

/**
 * How a call went.
 *
 * @param httpStatus the provider's; null when it gave none or the reporter did not say
 * @param errorType the provider's error type, or one of ours; never a message
 * @param providerRequestId the provider's {@code request-id} or {@code x-request-id} header
 * @param providerResponseId the id of the answer itself ({@code msg_…}, {@code chatcmpl-…}, {@code
 *     resp_…}), by which the same answer read again is known
 * @param firstByteMs milliseconds from sending the request to the first byte of the answer's body
 * @param durationMs milliseconds from sending the request to the last byte of the answer
 */
public record Call(
    CallStatus status,
    @Nullable Integer httpStatus,
    @Nullable String errorType,
    @Nullable String providerRequestId,
    @Nullable String providerResponseId,
    @Nullable Long firstByteMs,
    @Nullable Long durationMs) {
  /** A call of which only its use is reported, as applications report theirs. */
  public static final Call REPORTED = new Call(CallStatus.OK, null, null, null, null, null, null);
}
