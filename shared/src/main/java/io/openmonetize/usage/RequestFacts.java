package io.openmonetize.usage;

import org.jspecify.annotations.Nullable;

/**
 * What of the request decides how its answer is read.
 *
 * @param requestedModel the model asked for, of the body or ({@link Endpoint#modelInPath}) the
 *     path; null when it could not be read. Used where an answer does not say which model worked
 * @param streamAsked whether the caller asked for a stream; only reasons depend on it
 * @param inputCharacters Unicode code points of a speech request's {@code input}, which is billed
 *     by them and not repeated in the answer; null when unknown or another endpoint
 */
public record RequestFacts(
    Endpoint endpoint,
    @Nullable String requestedModel,
    boolean streamAsked,
    @Nullable Long inputCharacters) {
  public RequestFacts(Endpoint endpoint, @Nullable String requestedModel, boolean streamAsked) {
    this(endpoint, requestedModel, streamAsked, null);
  }
}
