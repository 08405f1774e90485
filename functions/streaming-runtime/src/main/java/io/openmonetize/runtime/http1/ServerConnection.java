package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One accepted connection: its requests are answered one after the other. */
final class ServerConnection {
  private static final System.Logger LOG = System.getLogger(ServerConnection.class.getName());

  /** What is left of a request may cost this much for the sake of the connection's next one. */
  private static final int DRAINED_BYTES = 256 * 1024;

  /**
   * What a peer may still send on a connection that is ended. Most clients read no answer before
   * they have sent their request; cut off earlier, they report a broken connection, and nobody sees
   * the 413.
   */
  private static final int LAST_BYTES = 32 * 1024 * 1024;

  private static final Duration DRAIN_TIME = Duration.ofSeconds(2);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final Socket socket;
  private final HttpHandler handler;
  private final HttpServer.Limits limits;
  private final BooleanSupplier serverClosed;
  private final DeadlineInput input;
  private final HttpReader reader;
  private final HttpWriter writer;
  private volatile @Nullable PeerWatch watch;
  private boolean busy;

  /**
   * @param serverClosed turns true once, before {@link #closeWhenIdle} is called
   */
  ServerConnection(
      Socket socket, HttpHandler handler, HttpServer.Limits limits, BooleanSupplier serverClosed)
      throws IOException {
    this.socket = socket;
    this.handler = handler;
    this.limits = limits;
    this.serverClosed = serverClosed;
    socket.setTcpNoDelay(true);
    this.input = new DeadlineInput(socket);
    this.reader = new HttpReader(input);
    this.writer = new HttpWriter(socket.getOutputStream());
  }

  HttpReader reader() {
    return reader;
  }

  HttpWriter writer() {
    return writer;
  }

  InetSocketAddress remote() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  boolean closing() {
    return serverClosed.getAsBoolean();
  }

  void run() {
    try (socket) {
      do {
        if (!awaitRequest() || !begin()) {
          return;
        }
        HttpExchange exchange = exchange();
        if (exchange == null || !exchange.keepAlive()) {
          return;
        }
      } while (done());
    } catch (IOException e) {
      log(System.Logger.Level.DEBUG, "A connection ended early", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes at once when no exchange is running, else after it. */
  synchronized void closeWhenIdle() throws IOException {
    if (!busy) {
      socket.close();
    }
  }

  void closeNow() throws IOException {
    socket.close();
  }

  void reset() throws IOException {
    stopWatch();
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private synchronized boolean begin() {
    busy = !closing();
    return busy;
  }

  private synchronized boolean done() {
    busy = false;
    return !closing();
  }

  void watchPeer(Runnable action) {
    if (watch != null) {
      throw new IllegalStateException("The peer is watched already");
    }
    watch = PeerWatch.start(reader, action);
  }

  /** Its action no longer runs, but until it is joined it still reads from the connection. */
  void stopWatch() {
    PeerWatch running = watch;
    if (running != null) {
      running.stop();
    }
  }

  private boolean awaitRequest() throws IOException, InterruptedException {
    PeerWatch running = watch;
    if (running != null && !running.join(limits.idle())) {
      return false;
    }
    watch = null;
    input.limit(limits.idle());
    try {
      return reader.awaitByte();
    } catch (SocketTimeoutException idle) {
      return false;
    }
  }

  /**
   * Reads and answers one request. Null: there was none, and the connection is of no further use.
   */
  private @Nullable HttpExchange exchange() throws IOException {
    HttpExchange exchange;
    try {
      input.limit(limits.head());
      RequestHead head = reader.requestHead();
      if (head == null) {
        return null;
      }
      exchange = accept(head);
    } catch (MalformedHttpException e) {
      refuse(400);
      return null;
    } catch (SocketTimeoutException e) {
      refuse(408);
      return null;
    }
    input.unlimited();
    handle(exchange);
    return exchange;
  }

  private HttpExchange accept(RequestHead head) throws IOException {
    int hosts = head.headers().all("Host").size();
    boolean current = reader.version() == HttpVersion.HTTP_1_1;
    if (hosts > 1 || (current && hosts == 0)) {
      throw new MalformedHttpException("Not exactly one Host field");
    }
    BodyInput body = reader.requestBody(head);
    if (current && head.headers().lists("Expect", "100-continue") && !body.complete()) {
      writer.out().write(CONTINUE);
      writer.out().flush();
    }
    return new HttpExchange(this, head, body, reader.keepAlive(head.headers()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      handler.handle(exchange);
      stopWatch();
    } catch (IOException e) {
      log(System.Logger.Level.DEBUG, "An exchange ended early", e);
      fail(exchange, e instanceof MalformedHttpException ? 400 : 500);
      return;
    } catch (RuntimeException | Error e) {
      log(System.Logger.Level.ERROR, "A handler failed", e);
      fail(exchange, 500);
      return;
    }
    if (!exchange.ended()) {
      LOG.log(System.Logger.Level.ERROR, "A handler returned before its answer was whole");
      fail(exchange, 500);
    } else if (!exchange.keepAlive()) {
      closeGently();
    } else if (!drained(exchange.body())) {
      // What is left unread would be taken for the next request.
      exchange.endConnection();
      closeGently();
    }
  }

  private void fail(HttpExchange exchange, int status) throws IOException {
    stopWatch();
    if (exchange.answered()) {
      exchange.abort();
      return;
    }
    exchange.endConnection();
    exchange.respond(status, Headers.NONE, new byte[0]);
    closeGently();
  }

  private void refuse(int status) throws IOException {
    Headers headers = Headers.of("Content-Length", "0", "Connection", "close");
    writer.responseHead(new ResponseHead(status, Reasons.of(status), headers));
    closeGently();
  }

  private boolean drained(BodyInput body) throws IOException {
    input.limit(DRAIN_TIME);
    byte[] dropped = new byte[8 * 1024];
    long total = 0;
    try {
      for (int count; (count = body.read(dropped, 0, dropped.length)) >= 0; ) {
        total += count;
        if (total > DRAINED_BYTES) {
          return false;
        }
      }
      return true;
    } catch (MalformedHttpException | TruncatedBodyException | SocketTimeoutException e) {
      return false;
    }
  }

  /**
   * Lets the peer read the answer before the connection goes (RFC 9112 section 9.6). Closing a
   * socket with unread input sends a reset, which on some systems makes the peer throw away what it
   * has received and not yet read.
   */
  private void closeGently() throws IOException {
    if (socket.isClosed()) {
      return;
    }
    socket.shutdownOutput();
    input.limit(DRAIN_TIME);
    byte[] dropped = new byte[8 * 1024];
    try {
      for (int total = 0, count; total < LAST_BYTES; total += count) {
        count = input.read(dropped, 0, dropped.length);
        if (count < 0) {
          return;
        }
      }
    } catch (SocketTimeoutException e) {
      log(System.Logger.Level.DEBUG, "A peer kept a connection that was ended", e);
    }
  }

  /** Class and stack only: a handler's exception may quote the request, and with it a key. */
  private static void log(System.Logger.Level level, String what, Throwable failure) {
    LOG.log(level, () -> what + ": " + failure.getClass().getName() + frames(failure));
  }

  private static String frames(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : failure.getStackTrace()) {
      text.append("\n\tat ").append(frame);
    }
    return text.toString();
  }
}
