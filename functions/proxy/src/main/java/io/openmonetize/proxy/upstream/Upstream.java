package io.openmonetize.proxy.upstream;

import io.openmonetize.http.Answer;
import io.openmonetize.http.ExchangeException;
import java.time.Instant;

/** Sends requests to providers. Safe for use by many threads. */
@FunctionalInterface
public interface Upstream {
  /**
   * Sends one request and returns as soon as the head of its answer is there.
   *
   * @param headBy when to give up if the head has not come
   * @param endBy when to give up on the rest of the answer, however it goes
   * @param onSent is run when the request is on its way and before its answer is waited for; twice
   *     where it is sent twice. To be quick, and not to throw
   */
  Answer send(UpstreamRequest request, Instant headBy, Instant endBy, Runnable onSent)
      throws ExchangeException;
}
