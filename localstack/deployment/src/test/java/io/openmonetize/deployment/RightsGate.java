package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.deployment.Rights.Right;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between one function and the server, and refuses what the function's role may not do,
 * which no emulator does by itself.
 */
final class RightsGate implements AutoCloseable {
  private final Rights rights;
  private final URI server;
  private final Forwarding forwarding = new Forwarding();
  private final Queue<Right> refused = new ConcurrentLinkedQueue<>();
  private final HttpServer http;

  private RightsGate(Rights rights, URI server) throws IOException {
    this.rights = rights;
    this.server = server;
    this.http =
        HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::handle);
  }

  static RightsGate before(URI server, Rights rights) throws IOException {
    return new RightsGate(rights, server);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  /** What was asked for without a right. */
  List<Right> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    http.close();
    forwarding.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.body().readAll(Forwarding.REQUEST_BYTES);
    JsonNode call = CloudAssembly.JSON.readTree(body);
    String target = exchange.request().headers().first(Forwarding.TARGET).orElseThrow();
    List<Right> lacking = rights.lacking(target, call);
    if (lacking.isEmpty()) {
      forwarding.passOn(exchange, body, server);
      return;
    }
    refused.addAll(lacking);
    exchange.respond(
        403,
        Headers.of("Content-Type", "application/x-amz-json-1.0"),
        CloudAssembly.JSON
            .createObjectNode()
            .put("__type", "com.amazon.coral.service#AccessDeniedException")
            .put("message", "not authorized to perform " + lacking)
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }
}
