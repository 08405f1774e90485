package io.openmonetize.runtime;

import java.io.IOException;

/** The one way to answer an invocation. Exactly one of its methods may be called, once. */
public interface Responder {
  /** Answers at once with a whole payload (6 MB at most on Lambda). */
  void respond(byte[] payload) throws IOException;

  /**
   * Begins a streamed HTTP response. The prelude has left, in a chunk of its own, when this
   * returns.
   */
  ResponseStream stream(Prelude prelude) throws IOException;
}
