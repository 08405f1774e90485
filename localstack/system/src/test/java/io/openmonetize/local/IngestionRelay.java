package io.openmonetize.local;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the ingestion: passes requests on to it, unless a fault comes first. */
final class IngestionRelay implements AutoCloseable {
  private static final int BODY_AT_MOST = 2_000_000;
  private static final int BIND_TRIES = 100;

  /** What is done with one request instead. */
  @FunctionalInterface
  interface Fault {
    void play(HttpExchange exchange, byte[] body) throws IOException;
  }

  private final TestSystem test;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final int port;
  private HttpServer server;

  private IngestionRelay(TestSystem test) throws IOException {
    this.test = test;
    this.server = HttpServer.start(loopback(0), this::handle);
    this.port = server.port();
  }

  static IngestionRelay start(TestSystem test) throws IOException {
    return new IngestionRelay(test);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The next requests get these, one each. */
  void enqueue(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** How many came so far. */
  int requests() {
    return requests.get();
  }

  /** Nobody listens any more. */
  void stop() {
    server.close();
  }

  /** Listens again, where it did. */
  void startAgain() throws Exception {
    for (int tried = 1; ; tried++) {
      try {
        server = HttpServer.start(loopback(port), this::handle);
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

  /** The ingestion takes the batch, and nobody hears of it. */
  Fault takenAndCut() {
    return (exchange, body) -> {
      forward(exchange, body);
      exchange.abort();
    };
  }

  /** The connection is reset before anything is taken. */
  static Fault cut() {
    return (exchange, body) -> exchange.abort();
  }

  static Fault answers(int status, String type, String text, String... headers) {
    return (exchange, body) -> answer(exchange, status, type, text, headers);
  }

  /** A server that takes all of a batch or nothing, and doesn't say which event is wrong. */
  Fault refusesAllFor(String word) {
    return (exchange, body) -> {
      if (new String(body, StandardCharsets.UTF_8).contains(word)) {
        String error = "{\"error\":\"INVALID\",\"message\":\"an event is not as it should be\"}";
        answer(exchange, 400, "application/json", error);
      } else {
        pass(exchange, body);
      }
    };
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.body().readAll(BODY_AT_MOST);
    requests.incrementAndGet();
    Fault fault = faults.poll();
    if (fault == null) {
      pass(exchange, body);
    } else {
      fault.play(exchange, body);
    }
  }

  private void pass(HttpExchange exchange, byte[] body) throws IOException {
    HttpResponse<byte[]> answer = forward(exchange, body);
    exchange.respond(
        answer.statusCode(), Headers.of("Content-Type", "application/json"), answer.body());
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(test.system().ingestion() + exchange.request().target()))
            .POST(BodyPublishers.ofByteArray(body));
    exchange
        .request()
        .headers()
        .first("Authorization")
        .ifPresent(key -> request.header("Authorization", key));
    request.header("Content-Type", "application/json");
    HttpClient http = test.http();
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the relay is being closed");
    }
  }

  private static void answer(
      HttpExchange exchange, int status, String type, String text, String... headers)
      throws IOException {
    Headers all = Headers.of("Content-Type", type);
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    exchange.respond(status, all, text.getBytes(StandardCharsets.UTF_8));
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
