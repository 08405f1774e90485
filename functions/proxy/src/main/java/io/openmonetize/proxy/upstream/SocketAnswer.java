package io.openmonetize.proxy.upstream;

import io.openmonetize.proxy.upstream.UpstreamException.Kind;
import io.openmonetize.runtime.http1.BodyInput;
import io.openmonetize.runtime.http1.ResponseHead;
import io.openmonetize.runtime.http1.TimeLimit;
import java.io.IOException;

/** An answer coming over a connection that goes back to the pool after it. */
final class SocketAnswer implements UpstreamAnswer {
  private final UpstreamConnection connection;
  private final ConnectionPool pool;
  private final ResponseHead head;
  private final BodyInput body;
  private final boolean requestSent;
  private final TimeLimit limit;
  private boolean closed;

  SocketAnswer(
      UpstreamConnection connection,
      ConnectionPool pool,
      ResponseHead head,
      BodyInput body,
      boolean requestSent,
      TimeLimit limit) {
    this.connection = connection;
    this.pool = pool;
    this.head = head;
    this.body = body;
    this.requestSent = requestSent;
    this.limit = limit;
  }

  @Override
  public ResponseHead head() {
    return head;
  }

  @Override
  public int read(byte[] buffer) throws UpstreamException {
    try {
      return body.read(buffer, 0, buffer.length);
    } catch (IOException e) {
      if (limit.expired()) {
        throw new UpstreamException(Kind.TIMED_OUT, "The answer took too long", e);
      }
      throw new UpstreamException(Kind.BROKEN, "The answer broke off", e);
    }
  }

  @Override
  public boolean endKnown() {
    try {
      return body.endKnown();
    } catch (IOException e) {
      // The next read says the same.
      return false;
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean inTime = limit.lift();
    if (inTime && requestSent && body.complete() && isReusable() && connection.isQuiet()) {
      pool.give(connection);
    } else {
      connection.drop();
    }
  }

  /** Without a length or chunks the body was ended by the end of the connection. */
  private boolean isReusable() {
    boolean framed =
        head.headers().contains("content-length") || head.headers().contains("transfer-encoding");
    return framed && connection.reader().keepAlive(head.headers());
  }
}
