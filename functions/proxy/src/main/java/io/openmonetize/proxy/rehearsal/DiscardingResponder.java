package io.openmonetize.proxy.rehearsal;

import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.Responder;
import io.openmonetize.runtime.ResponseStream;
import java.time.Instant;

/** In the place of the caller. */
final class DiscardingResponder implements Responder {
  private int answered;

  /** How many answers were well and had an end. */
  int answered() {
    return answered;
  }

  @Override
  public void respond(byte[] payload) {
    throw new UnsupportedOperationException("The proxy streams");
  }

  @Override
  public ResponseStream stream(Prelude prelude, Instant endBy) {
    return stream(prelude);
  }

  @Override
  public ResponseStream stream(Prelude prelude) {
    return new ResponseStream() {
      @Override
      public void write(byte[] buffer, int offset, int length) {
        // Nobody reads it.
      }

      @Override
      public void end() {
        answered += prelude.statusCode() == 200 ? 1 : 0;
      }

      @Override
      public void fail(String errorType, String message) {
        // It does not count as answered.
      }
    };
  }
}
