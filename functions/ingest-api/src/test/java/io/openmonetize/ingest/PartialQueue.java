package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Speaks SQS's SendMessageBatch and refuses each entry that mentions a word, as SQS does when it is
 * short of something; a real server never comes into that state when it is asked to.
 */
final class PartialQueue implements AutoCloseable {
  private final HttpServer server;
  private final String refused;

  PartialQueue(String refused) throws IOException {
    this.refused = refused;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = Requests.JSON.readTree(exchange.getRequestBody().readAllBytes());
    ObjectNode answer = Requests.JSON.createObjectNode();
    ArrayNode successful = answer.putArray("Successful");
    ArrayNode failed = answer.putArray("Failed");
    for (JsonNode entry : request.get("Entries")) {
      String id = entry.get("Id").asText();
      if (entry.get("MessageBody").asText().contains(refused)) {
        failed.addObject().put("Id", id).put("SenderFault", false).put("Code", "InternalError");
      } else {
        successful
            .addObject()
            .put("Id", id)
            .put("MessageId", id)
            .put("MD5OfMessageBody", md5(entry.get("MessageBody").asText()));
      }
    }
    byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The SDK checks it. */
  private static String md5(String text) {
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance("MD5")
              .digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
