package io.openmonetize.http;

import io.openmonetize.http.ExchangeException.Kind;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import io.openmonetize.runtime.http1.TimeLimit;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 over kept connections. Safe for use by many threads. */
public final class PooledClient implements AutoCloseable {
  /**
   * How soon after the request's last byte a kept connection must break to count as one that was
   * dead before. The peer's reset takes one round trip, to any of the peers less than this; what
   * breaks later may have been at work, and asking again could bill the call twice.
   */
  static final Duration STALE_WITHIN = Duration.ofMillis(250);

  /** As good as for ever, and small enough to be counted in nanoseconds. */
  private static final Duration WAIT_AT_MOST = Duration.ofDays(365);

  private final Connector connector;
  private final ConnectionPool pool;
  private final Duration staleWithin;
  private final Clock clock;
  private final BiConsumer<Origin, IOException> onResent;
  private final ScheduledExecutorService timer;

  /**
   * @param onResent told when a kept connection proved to be dead and the request is sent again
   */
  public PooledClient(
      Connector connector,
      ConnectionPool pool,
      Clock clock,
      BiConsumer<Origin, IOException> onResent) {
    this(connector, pool, STALE_WITHIN, clock, onResent);
  }

  /** For tests on busy machines, where nothing takes as long as one round trip should. */
  PooledClient(
      Connector connector,
      ConnectionPool pool,
      Duration staleWithin,
      Clock clock,
      BiConsumer<Origin, IOException> onResent) {
    this.connector = connector;
    this.pool = pool;
    this.staleWithin = staleWithin;
    this.clock = clock;
    this.onResent = onResent;
    this.timer = TimeLimit.timer("http-limits");
  }

  /**
   * Sends one request and returns as soon as the head of its answer is there.
   *
   * @param headBy when to give up if the head has not come
   * @param endBy when to give up on the rest of the answer, however it goes
   */
  public Answer send(ClientRequest request, Instant headBy, Instant endBy)
      throws ExchangeException {
    return send(request, headBy, endBy, new Abort());
  }

  /**
   * The same, for callers that may want to end it from another thread. What is aborted is {@link
   * Kind#BROKEN}.
   */
  public Answer send(ClientRequest request, Instant headBy, Instant endBy, Abort abort)
      throws ExchangeException {
    return send(request, headBy, endBy, abort, () -> {});
  }

  /**
   * The same, for callers with something to do while the server works.
   *
   * @param onSent is run when the request is on its way and before its answer is waited for; twice
   *     where it is sent twice. To be quick, and not to throw
   */
  public Answer send(
      ClientRequest request, Instant headBy, Instant endBy, Abort abort, Runnable onSent)
      throws ExchangeException {
    ClientConnection pooled = pool.take(request.origin());
    if (pooled != null) {
      Answer answer = attempt(pooled, true, request, headBy, endBy, abort, onSent);
      if (answer != null) {
        return answer;
      }
    }
    ClientConnection fresh;
    try {
      fresh = connector.connect(request.origin(), until(headBy));
    } catch (IOException e) {
      // The kept connection may have carried the request to a server that is at work on it.
      Kind kind = pooled == null ? Kind.UNREACHABLE : Kind.BROKEN;
      throw new ExchangeException(kind, "No connection to the server", e);
    }
    Answer answer = attempt(fresh, false, request, headBy, endBy, abort, onSent);
    if (answer == null) {
      throw new IllegalStateException("A fresh connection was taken for a stale one");
    }
    return answer;
  }

  /**
   * Opens a connection and keeps it for the next request, as long as any idle one.
   *
   * @throws IOException when there is none by then
   */
  public void connectAhead(Origin origin, Instant by) throws IOException {
    pool.give(connector.connect(origin, until(by)));
  }

  @Override
  public void close() {
    pool.clear();
    timer.shutdownNow();
  }

  /** Null when a pooled connection proved to be stale, and the request may be sent again. */
  private @Nullable Answer attempt(
      ClientConnection connection,
      boolean pooled,
      ClientRequest request,
      Instant headBy,
      Instant endBy,
      Abort abort,
      Runnable onSent)
      throws ExchangeException {
    TimeLimit limit = TimeLimit.start(timer, connection::drop, until(headBy));
    boolean answering = false;
    try {
      abort.attach(connection);
      connection.send(head(request), request.body());
      onSent.run();
      connection.awaitByte();
      answering = true;
      ResponseHead head = connection.responseHead();
      if (!limit.lift()) {
        throw new IOException("The time was up as the head came");
      }
      return new Answer(
          connection, pool, head, TimeLimit.start(timer, connection::drop, until(endBy)), abort);
    } catch (IOException e) {
      abort.release();
      Duration sinceSent = connection.sinceSent();
      connection.drop();
      if (!limit.lift()) {
        throw new ExchangeException(Kind.TIMED_OUT, "No answer from the server in time", e);
      }
      boolean stale = pooled && !answering && sinceSent.compareTo(staleWithin) < 0;
      // An interrupt ends the wait for an answer that a peer in good health may be at work on.
      if (stale && !abort.aborted() && !Thread.currentThread().isInterrupted()) {
        onResent.accept(connection.origin(), e);
        return null;
      }
      throw new ExchangeException(Kind.BROKEN, "The server's connection broke", e);
    } catch (RuntimeException | Error e) {
      abort.release();
      limit.lift();
      connection.drop();
      throw e;
    }
  }

  private static RequestHead head(ClientRequest request) {
    Origin origin = request.origin();
    List<Headers.Field> fields = new ArrayList<>();
    fields.add(new Headers.Field("host", origin.authority()));
    fields.addAll(request.headers().fields());
    return new RequestHead(
        request.method(), origin.pathPrefix() + request.target(), new Headers(fields));
  }

  private Duration until(Instant instant) {
    Duration left = Duration.between(clock.instant(), instant);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(WAIT_AT_MOST) > 0 ? WAIT_AT_MOST : left;
  }
}
