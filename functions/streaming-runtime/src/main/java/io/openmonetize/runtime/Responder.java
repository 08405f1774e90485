package io.openmonetize.runtime;

import java.io.IOException;
import java.time.Instant;

/** The one way to answer an invocation. Exactly one of its methods may be called, once. */
public interface Responder {
  /** Answers at once with a whole payload (6 MB at most on Lambda). */
  void respond(byte[] payload) throws IOException;

  /**
   * Begins a streamed HTTP response. The prelude has left, in a chunk of its own, when this
   * returns.
   */
  ResponseStream stream(Prelude prelude) throws IOException;

  /**
   * As {@link #stream(Prelude)}, with a limit on all of the response together. A caller that stops
   * reading blocks a write for as long as it likes, and the handler with it until the platform ends
   * the process.
   *
   * @param endBy when the response's connection is closed if it has not ended: writes then throw a
   *     {@link ResponseClosedException}. Should leave enough of the invocation's time for what the
   *     handler does after the response
   */
  ResponseStream stream(Prelude prelude, Instant endBy) throws IOException;
}
