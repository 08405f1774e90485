package io.openmonetize.local;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of a server, hands on each request and its answer, and fails those that it is
 * told to, one fault a request in the order in which they were added.
 */
final class FaultyRelay implements AutoCloseable {
  private static final int BODY_AT_MOST = 16 * 1024 * 1024;
  private static final int BIND_TRIES = 100;

  /** Of one connection, or set by whoever writes the message. */
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  /** What becomes of a request. */
  sealed interface Fault {
    record None() implements Fault {}

    /** The connection is reset, and the server never sees the request. */
    record Refuse() implements Fault {}

    /** The server has answered; the connection is reset before any of it is handed on. */
    record CutBeforeAnswer() implements Fault {}

    /** An answer of the relay's own; the server never sees the request. */
    record Instead(int status, Headers headers, String body) implements Fault {}

    /** That answer if the request has the word in its body; otherwise the server's. */
    record InsteadIf(String word, Instead answer) implements Fault {}

    /** The server's answer is handed on so long after it came. */
    record Late(Duration time) implements Fault {}
  }

  private final URI server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private volatile Fault usual = new Fault.None();
  private HttpServer relay;

  private FaultyRelay(URI server) throws IOException {
    this.server = server;
    this.relay = HttpServer.start(loopback(0), this::handle);
    this.port = relay.port();
  }

  static FaultyRelay before(URI server) throws IOException {
    return new FaultyRelay(server);
  }

  /** Too many requests, as the API says it. */
  static Fault tooMany(Duration retryAfter) {
    return new Fault.Instead(
        429,
        Headers.of("Content-Type", "application/json", "Retry-After", "" + retryAfter.toSeconds()),
        """
        {"error":"RATE_LIMITED","message":"Too many requests","request_id":"relay"}\
        """);
  }

  /** Of a gateway, which says nothing of the events, whatever its status. */
  static Fault page(int status) {
    return new Fault.Instead(
        status,
        Headers.of("Content-Type", "text/html; charset=utf-8"),
        "<html><body><h1>" + status + "</h1></body></html>");
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  FaultyRelay then(Fault... next) {
    faults.addAll(List.of(next));
    return this;
  }

  /** What becomes of requests for which no fault is left: {@link Fault.None} at first. */
  FaultyRelay otherwise(Fault fault) {
    usual = fault;
    return this;
  }

  /** So many have come, failed or not. */
  int requests() {
    return requests.get();
  }

  /** How many faults are still to come. */
  int faultsLeft() {
    return faults.size();
  }

  /** What the server answered, in this order, whether it was handed on or not. */
  List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  /** Nobody listens any more. */
  void stop() {
    relay.close();
  }

  /** Listens again, where it did. */
  void startAgain() throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        relay = HttpServer.start(loopback(port), this::handle);
        return;
      } catch (IOException e) {
        // A connection that is being made on this machine may have the port for a moment.
        if (tried == BIND_TRIES) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  @Override
  public void close() {
    relay.close();
    client.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.body().readAll(BODY_AT_MOST);
    requests.incrementAndGet();
    Fault next = faults.poll();
    try {
      fail(exchange, body, next == null ? usual : next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the relay is being closed");
    }
  }

  private void fail(HttpExchange exchange, byte[] body, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.None() -> handOn(exchange, ask(exchange.request(), body));
      case Fault.Refuse() -> exchange.abort();
      case Fault.CutBeforeAnswer() -> {
        ask(exchange.request(), body);
        exchange.abort();
      }
      case Fault.Instead(int status, Headers headers, String text) ->
          exchange.respond(status, headers, text.getBytes(StandardCharsets.UTF_8));
      case Fault.InsteadIf(String word, Fault.Instead answer) ->
          fail(
              exchange,
              body,
              new String(body, StandardCharsets.UTF_8).contains(word) ? answer : new Fault.None());
      case Fault.Late(Duration time) -> {
        HttpResponse<byte[]> answer = ask(exchange.request(), body);
        Thread.sleep(time);
        handOn(exchange, answer);
      }
    }
  }

  private HttpResponse<byte[]> ask(RequestHead head, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(head.target()))
            .version(HttpClient.Version.HTTP_1_1)
            .method(head.method(), BodyPublishers.ofByteArray(body));
    for (Headers.Field field : head.headers().fields()) {
      if (isHandedOn(field.name())) {
        request.header(field.name(), field.value());
      }
    }
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    statuses.add(answer.statusCode());
    return answer;
  }

  private static void handOn(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    Headers headers = Headers.NONE;
    for (var entry : answer.headers().map().entrySet()) {
      if (isHandedOn(entry.getKey())) {
        for (String value : entry.getValue()) {
          headers = headers.with(entry.getKey(), value);
        }
      }
    }
    exchange.respond(answer.statusCode(), headers, answer.body());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static boolean isHandedOn(String header) {
    return !NOT_HANDED_ON.contains(header.toLowerCase(Locale.ROOT));
  }
}
