package io.openmonetize.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A server in front of the real one that spoils what passes through, as a network and a busy
 * DynamoDB do.
 */
final class FaultyStore implements AutoCloseable {
  /** What becomes of one request. */
  enum Fault {
    NONE,
    /** Carried out; the answer is lost. */
    ANSWER_LOST,
    /** Carried out; the answer is a server error. */
    ANSWER_500,
    REFUSED_500,
    THROTTLED,
    TRANSACTION_CONFLICT,
    /** The connection ends before the request gets through. */
    REQUEST_LOST
  }

  private static final List<String> HEADERS =
      List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date");

  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
  private final URI store;
  private final Supplier<Fault> faults;

  /**
   * @param faults asked once for each transaction; must be safe for use by many threads
   */
  FaultyStore(URI store, Supplier<Fault> faults) throws IOException {
    this.store = store;
    this.faults = faults;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    Fault fault = target.endsWith("TransactWriteItems") ? faults.get() : Fault.NONE;
    switch (fault) {
      case NONE -> pass(exchange, request);
      case ANSWER_LOST -> {
        forward(exchange, request);
        exchange.close();
      }
      case ANSWER_500 -> {
        forward(exchange, request);
        answer(exchange, 500, error("InternalServerError"));
      }
      case REFUSED_500 -> answer(exchange, 500, error("InternalServerError"));
      case THROTTLED -> answer(exchange, 400, error("ProvisionedThroughputExceededException"));
      case TRANSACTION_CONFLICT -> answer(exchange, 400, conflict(request));
      case REQUEST_LOST -> exchange.close();
    }
  }

  private void pass(HttpExchange exchange, byte[] request) throws IOException {
    HttpResponse<byte[]> answer = forward(exchange, request);
    answer(exchange, answer.statusCode(), answer.body());
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] request) throws IOException {
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(store).POST(HttpRequest.BodyPublishers.ofByteArray(request));
    for (String name : HEADERS) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        forwarded.header(name, value);
      }
    }
    try {
      return client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the store was working", e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] error(String code) {
    return ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
            + code
            + "\",\"message\":\"planned\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * DynamoDB gives a reason for each action; here another transaction holds the last one's item.
   */
  private static byte[] conflict(byte[] request) {
    String text = new String(request, StandardCharsets.UTF_8);
    int actions = text.split("\"(Put|Update)\":\\{", -1).length - 1;
    String none = "{\"Code\":\"None\"},".repeat(actions - 1);
    return ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
            + "\"message\":\"planned\",\"CancellationReasons\":["
            + none
            + "{\"Code\":\"TransactionConflict\"}]}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
