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
   */
  Answer send(UpstreamRequest request, Instant headBy, Instant endBy) throws ExchangeException;
}
