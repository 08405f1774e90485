package io.openmonetize.bench.micro;

import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.Responder;
import io.openmonetize.runtime.ResponseStream;
import io.openmonetize.runtime.http1.ChunkedOutput;
import io.openmonetize.runtime.http1.HttpWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** A platform that takes each chunk at once, as our own codec writes it, and forgets it. */
final class NowhereResponder implements Responder {
  @Override
  public void respond(byte[] payload) {
    throw new UnsupportedOperationException("the relay streams");
  }

  @Override
  public ResponseStream stream(Prelude prelude) {
    return new Stream(new HttpWriter(OutputStream.nullOutputStream()).chunked());
  }

  @Override
  public ResponseStream stream(Prelude prelude, Instant endBy) {
    return stream(prelude);
  }

  private record Stream(ChunkedOutput output) implements ResponseStream {
    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      output.write(buffer, offset, length);
    }

    @Override
    public void end() throws IOException {
      output.end();
    }

    @Override
    public void fail(String errorType, String message) {
      throw new IllegalStateException(errorType + ": " + message);
    }
  }
}
