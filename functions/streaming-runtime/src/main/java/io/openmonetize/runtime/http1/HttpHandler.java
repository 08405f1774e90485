package io.openmonetize.runtime.http1;

import java.io.IOException;

/** Answers requests. One instance serves all connections at once. */
@FunctionalInterface
public interface HttpHandler {
  /**
   * Answers one request before it returns. A request that is left without an answer, like an
   * exception, becomes a 500, and a response that was begun and not ended is broken off.
   */
  void handle(HttpExchange exchange) throws IOException;
}
