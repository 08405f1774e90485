package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.runtime.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as the HTTP API gives them to the function, and the reports inside them. */
final class Requests {
  static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  static Invocation of(
      String method, String path, @Nullable Map<String, String> headers, @Nullable String body) {
    return of(method, path, headers, body, false);
  }

  static Invocation of(
      String method,
      String path,
      @Nullable Map<String, String> headers,
      @Nullable String body,
      boolean base64) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("rawPath", path);
    event.set("headers", JSON.valueToTree(headers));
    event.put("body", body).put("isBase64Encoded", base64);
    event.putObject("requestContext").putObject("http").put("method", method).put("path", path);
    return new Invocation(
        "request-1", Instant.MAX, null, null, event.toString().getBytes(StandardCharsets.UTF_8));
  }

  static String batch(JsonNode... events) {
    ObjectNode batch = JSON.createObjectNode();
    var list = batch.putArray("events");
    for (JsonNode event : events) {
      list.add(event);
    }
    return batch.toString();
  }

  /** A good event; the number makes its id. */
  static ObjectNode event(int number) {
    return JSON.createObjectNode()
        .put("event_id", "00000000-0000-4000-8000-%012d".formatted(number))
        .put("customer_id", "acme")
        .put("user_id", "user-1")
        .put("event_type", "TOKEN_USAGE")
        .put("feature_id", "chat")
        .put("provider", "OPENAI")
        .put("model", "gpt-5.5")
        .put("input_tokens", 12)
        .put("output_tokens", 5)
        .put("timestamp", "2026-07-01T11:59:00.000Z");
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
