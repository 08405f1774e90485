package io.openmonetize.http;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestFraming;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.crt.http.HttpClientConnection;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;

/**
 * A connection of the AWS Common Runtime. Its event loop does the sending and the reading; this end
 * waits for what it hands over.
 *
 * <p>Bytes that come between two exchanges make the event loop close the connection.
 */
final class CrtConnection implements ClientConnection {
  private final Origin origin;

  /** Guarded by this: a native handle must not be used once it was released. */
  private final HttpClientConnection connection;

  private boolean dropped;
  private @Nullable CrtExchange exchange;

  CrtConnection(Origin origin, HttpClientConnection connection) {
    this.origin = origin;
    this.connection = connection;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void send(RequestHead head, byte[] body) {
    RequestHead framed = RequestFraming.checked(RequestFraming.withLength(head, body.length));
    CrtRequestBody source = new CrtRequestBody(body);
    CrtExchange started = new CrtExchange(head.method().equals("HEAD"), source);
    HttpRequest request =
        new HttpRequest(
            framed.method(),
            framed.target(),
            headers(framed.headers()),
            body.length == 0 ? null : source);
    synchronized (this) {
      exchange = started;
      if (dropped) {
        started.fail(new IOException("The connection was dropped"));
        return;
      }
      try {
        started.start(connection.makeRequest(request, started));
      } catch (CrtRuntimeException e) {
        started.fail(CrtErrors.exception("The request was not taken", e.errorCode));
      }
    }
  }

  @Override
  public void awaitByte() throws IOException {
    current().awaitByte();
  }

  @Override
  public ResponseHead responseHead() throws IOException {
    return current().head();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return current().read(target, offset, length);
  }

  @Override
  public Duration sinceSent() {
    return current().sinceSent();
  }

  @Override
  public boolean isReusable() {
    return current().isWhole();
  }

  @Override
  public synchronized boolean isQuiet() {
    return !dropped && connection.isOpen();
  }

  @Override
  public void drop() {
    CrtExchange ended;
    synchronized (this) {
      if (dropped) {
        return;
      }
      dropped = true;
      ended = exchange;
      connection.shutdown();
      connection.close();
    }
    if (ended != null) {
      ended.fail(new IOException("The connection was dropped"));
    }
  }

  private synchronized CrtExchange current() {
    if (exchange == null) {
      throw new IllegalStateException("Nothing was sent");
    }
    return exchange;
  }

  private static HttpHeader[] headers(Headers headers) {
    List<Headers.Field> fields = headers.fields();
    HttpHeader[] all = new HttpHeader[fields.size()];
    for (int i = 0; i < all.length; i++) {
      Headers.Field field = fields.get(i);
      // As bytes: as text it would go out in UTF-8.
      all[i] = new HttpHeader(latin1(field.name()), latin1(field.value()));
    }
    return all;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
