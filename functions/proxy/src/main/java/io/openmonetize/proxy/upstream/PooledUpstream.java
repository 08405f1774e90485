package io.openmonetize.proxy.upstream;

import io.openmonetize.events.Provider;
import io.openmonetize.http.Abort;
import io.openmonetize.http.Answer;
import io.openmonetize.http.ClientRequest;
import io.openmonetize.http.ConnectionPool;
import io.openmonetize.http.Connector;
import io.openmonetize.http.ExchangeException;
import io.openmonetize.http.Origin;
import io.openmonetize.http.PooledClient;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The providers by their base URLs, over connections that are kept between calls. */
public final class PooledUpstream implements Upstream, AutoCloseable {
  private final Map<Provider, Origin> origins;
  private final PooledClient client;

  /**
   * @param idleAtMost connections kept for each provider between calls
   * @param idleLimit how long
   */
  public PooledUpstream(
      Map<Provider, Origin> origins,
      Connector connector,
      int idleAtMost,
      Duration idleLimit,
      Clock clock,
      Log log) {
    this.origins = Map.copyOf(origins);
    this.client =
        new PooledClient(
            connector,
            new ConnectionPool(idleAtMost, idleLimit, clock),
            clock,
            (origin, cause) ->
                log.warn("upstream.resent", "origin", origin.authority(), "cause", cause));
  }

  @Override
  public Answer send(UpstreamRequest request, Instant headBy, Instant endBy, Runnable onSent)
      throws ExchangeException {
    Origin origin = origins.get(request.provider());
    if (origin == null) {
      throw new IllegalArgumentException("No base URL for " + request.provider());
    }
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return client.send(
        new ClientRequest(
            origin, request.method(), request.path() + query, request.headers(), request.body()),
        headBy,
        endBy,
        new Abort(),
        onSent);
  }

  /** Opens a connection and keeps it for the next call, as long as any idle one. */
  public void connectAhead(Provider provider, Instant by) throws IOException {
    Origin origin = origins.get(provider);
    if (origin != null) {
      client.connectAhead(origin, by);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
