package io.openmonetize.sdk;

import org.jspecify.annotations.Nullable;

/**
 * What a provider's answer does not say of itself.
 *
 * @param requestedModel the model that was asked for; null where it is not known
 * @param streamed whether the answer came as a stream
 * @param cut whether the stream ended before its end, so that its usage may not be whole
 */
public record ResponseFacts(@Nullable String requestedModel, boolean streamed, boolean cut) {
  /** Of an answer that came whole and at once. */
  public static final ResponseFacts WHOLE = new ResponseFacts(null, false, false);
}
