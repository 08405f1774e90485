package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as a server's handler sees them. Other threads may call {@link
 * #abort} only.
 */
public final class HttpExchange {
  private final ServerConnection connection;
  private final RequestHead request;
  private final BodyInput body;
  private volatile boolean answered;
  private volatile boolean aborted;
  private volatile boolean keepAlive;
  private @Nullable ChunkedOutput stream;

  HttpExchange(
      ServerConnection connection, RequestHead request, BodyInput body, boolean keepAlive) {
    this.connection = connection;
    this.request = request;
    this.body = body;
    this.keepAlive = keepAlive;
  }

  public RequestHead request() {
    return request;
  }

  /** The request's body. What the handler leaves unread is dropped. */
  public BodyInput body() {
    return body;
  }

  public InetSocketAddress remote() {
    return connection.remote();
  }

  /**
   * Answers with a whole body. Its length is stated here, whatever the headers say; only for HEAD
   * and 304, which state the length of a body that is not sent, theirs is kept.
   *
   * @throws IllegalStateException if the request was answered before
   */
  public void respond(int status, Headers headers, byte[] content) throws IOException {
    requireUnanswered();
    boolean silent = bodiless(status);
    boolean ownLength = silent && headers.contains("Content-Length");
    Headers sent = unframed(headers, ownLength);
    if (!ownLength && allowsLength(status)) {
      sent = sent.with("Content-Length", Integer.toString(content.length));
    }
    connection.stopWatch();
    connection.writer().response(head(status, sent), silent ? new byte[0] : content);
    answered = true;
  }

  /**
   * Begins an answer of unknown length; the head has left when this returns. HTTP/1.0 clients get
   * the bytes without chunks, until the connection closes.
   *
   * @throws IllegalStateException if the request was answered before
   */
  public ChunkedOutput stream(int status, Headers headers) throws IOException {
    requireUnanswered();
    boolean plain = connection.reader().version() == HttpVersion.HTTP_1_0;
    boolean silent = bodiless(status);
    Headers sent = unframed(headers, silent);
    if (!silent && !plain) {
      sent = sent.with("Transfer-Encoding", "chunked");
    }
    connection.writer().responseHead(head(status, sent));
    answered = true;
    OutputStream out = connection.writer().out();
    ChunkedOutput output;
    if (silent) {
      output = ChunkedOutput.none(out, connection::stopWatch);
    } else if (plain) {
      output = ChunkedOutput.plain(out, connection::stopWatch);
    } else {
      output = ChunkedOutput.chunked(out, connection::stopWatch);
    }
    stream = output;
    return output;
  }

  /** Resets the connection, so that the peer sees that the answer is broken. */
  public void abort() throws IOException {
    answered = true;
    aborted = true;
    keepAlive = false;
    connection.reset();
  }

  /**
   * Runs the action, once and on a thread of its own, when the peer closes its end before the last
   * part of the answer is on its way. A peer that has sent its next request already can no longer
   * be watched; one that only shuts down its sending side counts as gone.
   *
   * @throws IllegalStateException unless the request's body is complete, or at a second call
   */
  public void onPeerClosed(Runnable action) {
    if (!body.complete()) {
      throw new IllegalStateException("The body is not read to its end");
    }
    connection.watchPeer(action);
  }

  boolean answered() {
    return answered;
  }

  /** Whether nothing more is to come: the answer is whole, or broken on purpose. */
  boolean ended() {
    return aborted || (answered && (stream == null || stream.ended()));
  }

  boolean keepAlive() {
    return keepAlive;
  }

  /** The connection closes after this exchange, though the peer may have been told otherwise. */
  void endConnection() {
    keepAlive = false;
  }

  private void requireUnanswered() {
    if (answered) {
      throw new IllegalStateException("The request has been answered");
    }
  }

  private boolean bodiless(int status) {
    return request.method().equals("HEAD") || status < 200 || status == 204 || status == 304;
  }

  /** RFC 9110 section 8.6: no Content-Length with 204, and for 304 only that of the full answer. */
  private static boolean allowsLength(int status) {
    return status >= 200 && status != 204 && status != 304;
  }

  /** The handler's fields less those that say how the message ends, which only this class knows. */
  private Headers unframed(Headers headers, boolean keepLength) {
    if (headers.lists("Connection", "close") || connection.closing()) {
      keepAlive = false;
    }
    Headers sent = headers.without("Transfer-Encoding").without("Connection");
    return keepLength ? sent : sent.without("Content-Length");
  }

  private ResponseHead head(int status, Headers headers) {
    Headers sent = keepAlive ? headers : headers.with("Connection", "close");
    return new ResponseHead(status, Reasons.of(status), sent);
  }
}
