package io.openmonetize.proxy.rehearsal;

import io.openmonetize.events.Provider;
import io.openmonetize.proxy.upstream.Upstream;
import io.openmonetize.proxy.upstream.UpstreamAnswer;
import io.openmonetize.proxy.upstream.UpstreamRequest;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;

/** In the place of the providers. */
final class ScriptedUpstream implements Upstream {
  @Override
  public UpstreamAnswer send(UpstreamRequest request, Instant headBy, Instant endBy) {
    Iterator<String> pieces = script(request.provider()).answer().iterator();
    return new UpstreamAnswer() {
      @Override
      public ResponseHead head() {
        return new ResponseHead(
            200,
            "OK",
            Headers.of("content-type", "text/event-stream", "transfer-encoding", "chunked"));
      }

      @Override
      public int read(byte[] buffer) {
        if (!pieces.hasNext()) {
          return -1;
        }
        byte[] piece = pieces.next().getBytes(StandardCharsets.UTF_8);
        System.arraycopy(piece, 0, buffer, 0, piece.length);
        return piece.length;
      }

      @Override
      public void close() {
        // Holds nothing.
      }
    };
  }

  private static Script script(Provider provider) {
    for (Script script : Script.all()) {
      if (script.provider() == provider) {
        return script;
      }
    }
    throw new IllegalArgumentException("No script for " + provider);
  }
}
