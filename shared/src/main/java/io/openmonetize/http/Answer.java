package io.openmonetize.http;

import io.openmonetize.http.ExchangeException.Kind;
import io.openmonetize.runtime.http1.ResponseHead;
import io.openmonetize.runtime.http1.TimeLimit;
import java.io.IOException;

/**
 * An answer coming over a connection that goes back to the pool after it. For one thread; must be
 * closed.
 */
public final class Answer implements AutoCloseable {
  private final ClientConnection connection;
  private final ConnectionPool pool;
  private final ResponseHead head;
  private final TimeLimit limit;
  private final Abort abort;
  private boolean closed;

  Answer(
      ClientConnection connection,
      ConnectionPool pool,
      ResponseHead head,
      TimeLimit limit,
      Abort abort) {
    this.connection = connection;
    this.pool = pool;
    this.head = head;
    this.limit = limit;
    this.abort = abort;
  }

  public ResponseHead head() {
    return head;
  }

  /**
   * What has come of the body, as soon as there is a byte.
   *
   * @return how many bytes, at least 1; -1 at the end of a whole body
   * @throws ExchangeException when the body broke off, or its time was up
   */
  public int read(byte[] buffer) throws ExchangeException {
    return read(buffer, 0, buffer.length);
  }

  /** The same into a part of a buffer, which must not be empty. */
  public int read(byte[] target, int offset, int length) throws ExchangeException {
    try {
      return connection.read(target, offset, length);
    } catch (IOException e) {
      if (limit.expired()) {
        throw new ExchangeException(Kind.TIMED_OUT, "The answer took too long", e);
      }
      throw new ExchangeException(Kind.BROKEN, "The answer broke off", e);
    }
  }

  /** Keeps the connection where the answer was read to its end, and drops it otherwise. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    abort.release();
    boolean inTime = limit.lift();
    if (inTime && connection.isReusable() && connection.isQuiet()) {
      pool.give(connection);
    } else {
      connection.drop();
    }
  }
}
