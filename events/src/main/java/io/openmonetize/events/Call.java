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
 * @param attempt which try of its client this was, from 1, as the client said; null where it did
 *     not. A hint: clients may count wrongly
 * @param logicalCallId the same for all tries of one call whose client gave them one idempotency
 *     key; a digest, never the key itself. Null where nothing says which calls belong together
 */
public record Call(
    CallStatus status,
    @Nullable Integer httpStatus,
    @Nullable String errorType,
    @Nullable String providerRequestId,
    @Nullable String providerResponseId,
    @Nullable Long firstByteMs,
    @Nullable Long durationMs,
    @Nullable Integer attempt,
    @Nullable String logicalCallId) {
  /** A call of which only its use is reported, as applications report theirs. */
  public static final Call REPORTED = new Call(CallStatus.OK, null, null, null, null, null, null);

  /** A call of whose tries nothing was said. */
  public Call(
      CallStatus status,
      @Nullable Integer httpStatus,
      @Nullable String errorType,
      @Nullable String providerRequestId,
      @Nullable String providerResponseId,
      @Nullable Long firstByteMs,
      @Nullable Long durationMs) {
    this(
        status,
        httpStatus,
        errorType,
        providerRequestId,
        providerResponseId,
        firstByteMs,
        durationMs,
        null,
        null);
  }

  /** The same, as one of the tries of a client's call. */
  public Call asAttempt(@Nullable Integer number, @Nullable String idOfLogicalCall) {
    return new Call(
        status,
        httpStatus,
        errorType,
        providerRequestId,
        providerResponseId,
        firstByteMs,
        durationMs,
        number,
        idOfLogicalCall);
  }
}
