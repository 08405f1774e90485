package io.openmonetize.proxy.upstream;

import io.openmonetize.events.Provider;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.upstream.UpstreamException.Kind;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import io.openmonetize.runtime.http1.TimeLimit;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 over pooled sockets. */
public final class SocketUpstream implements Upstream, AutoCloseable {
  /**
   * How soon after the request's last byte a kept connection must break to count as one that was
   * dead before. The peer's reset takes one round trip, to any of the providers less than this;
   * what breaks later may have been at work, and asking again could bill the call twice.
   */
  static final Duration STALE_WITHIN = Duration.ofMillis(250);

  /** As good as for ever, and small enough to be counted in nanoseconds. */
  private static final Duration WAIT_AT_MOST = Duration.ofDays(365);

  private final Map<Provider, Origin> origins;
  private final Connector connector;
  private final ConnectionPool pool;
  private final Duration staleWithin;
  private final Clock clock;
  private final Log log;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param idleAtMost connections kept for each provider between calls
   * @param idleLimit how long
   */
  public SocketUpstream(
      Map<Provider, Origin> origins,
      Connector connector,
      int idleAtMost,
      Duration idleLimit,
      Clock clock,
      Log log) {
    this(
        origins,
        connector,
        new ConnectionPool(idleAtMost, idleLimit, clock),
        STALE_WITHIN,
        clock,
        log);
  }

  /** For tests on busy machines, where nothing takes as long as one round trip should. */
  SocketUpstream(
      Map<Provider, Origin> origins,
      Connector connector,
      ConnectionPool pool,
      Duration staleWithin,
      Clock clock,
      Log log) {
    this.origins = Map.copyOf(origins);
    this.connector = connector;
    this.pool = pool;
    this.staleWithin = staleWithin;
    this.clock = clock;
    this.log = log;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("upstream-limits").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public UpstreamAnswer send(UpstreamRequest request, Instant headBy, Instant endBy)
      throws UpstreamException {
    Origin origin = origins.get(request.provider());
    if (origin == null) {
      throw new IllegalArgumentException("No base URL for " + request.provider());
    }
    UpstreamConnection pooled = pool.take(origin);
    if (pooled != null) {
      UpstreamAnswer answer = attempt(pooled, true, request, headBy, endBy);
      if (answer != null) {
        return answer;
      }
    }
    UpstreamConnection fresh;
    try {
      fresh = connector.connect(origin, until(headBy), timer);
    } catch (IOException e) {
      throw new UpstreamException(Kind.UNREACHABLE, "No connection to the provider", e);
    }
    UpstreamAnswer answer = attempt(fresh, false, request, headBy, endBy);
    if (answer == null) {
      throw new IllegalStateException("A fresh connection was taken for a stale one");
    }
    return answer;
  }

  /** Opens a connection and keeps it for the next call, as long as any idle one. */
  public void connectAhead(Provider provider, Instant by) throws IOException {
    Origin origin = origins.get(provider);
    if (origin != null) {
      pool.give(connector.connect(origin, until(by), timer));
    }
  }

  @Override
  public void close() {
    pool.clear();
    timer.shutdownNow();
  }

  /** Null when a pooled connection proved to be stale, and the request may be sent again. */
  private @Nullable UpstreamAnswer attempt(
      UpstreamConnection connection,
      boolean pooled,
      UpstreamRequest request,
      Instant headBy,
      Instant endBy)
      throws UpstreamException {
    TimeLimit limit = TimeLimit.start(timer, connection.tcp(), until(headBy));
    long sentNanos = System.nanoTime();
    boolean answering = false;
    IOException unsent = null;
    try {
      unsent = write(connection, request);
      sentNanos = System.nanoTime();
      answering = awaitByte(connection, unsent);
      ResponseHead head = finalHead(connection);
      if (!limit.lift()) {
        throw new IOException("The time was up as the head came");
      }
      return new SocketAnswer(
          connection,
          pool,
          head,
          connection.reader().responseBody(head, request.method().equals("HEAD")),
          unsent == null,
          TimeLimit.start(timer, connection.tcp(), until(endBy)));
    } catch (IOException e) {
      connection.drop();
      if (!limit.lift()) {
        throw new UpstreamException(Kind.TIMED_OUT, "No answer from the provider in time", e);
      }
      boolean atOnce = System.nanoTime() - sentNanos < staleWithin.toNanos();
      if (pooled && !answering && (unsent != null || atOnce)) {
        log.warn("upstream.resent", "provider", request.provider(), "cause", e);
        return null;
      }
      throw new UpstreamException(Kind.BROKEN, "The provider's connection broke", e);
    } catch (RuntimeException | Error e) {
      limit.lift();
      connection.drop();
      throw e;
    }
  }

  /**
   * Returns rather than throws what went wrong: a server that refuses a body may answer and close
   * before it has taken all of it.
   */
  private @Nullable IOException write(UpstreamConnection connection, UpstreamRequest request) {
    Origin origin = connection.origin();
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    List<Headers.Field> fields = new ArrayList<>();
    fields.add(new Headers.Field("host", origin.authority()));
    fields.addAll(request.headers().fields());
    var head =
        new RequestHead(
            request.method(), origin.pathPrefix() + request.path() + query, new Headers(fields));
    try {
      connection.writer().request(head, request.body());
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static boolean awaitByte(UpstreamConnection connection, @Nullable IOException unsent)
      throws IOException {
    if (!connection.reader().awaitByte()) {
      throw unsent == null ? new EOFException("The provider closed without an answer") : unsent;
    }
    return true;
  }

  /** Past the interim answers (1xx), which say nothing to the caller. */
  private static ResponseHead finalHead(UpstreamConnection connection) throws IOException {
    ResponseHead head = connection.reader().responseHead();
    while (head.status() < 200) {
      head = connection.reader().responseHead();
    }
    return head;
  }

  private Duration until(Instant instant) {
    Duration left = Duration.between(clock.instant(), instant);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(WAIT_AT_MOST) > 0 ? WAIT_AT_MOST : left;
  }
}
