package io.openmonetize.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/** Events as the HTTP API gives them to the function, and the reports inside them. */
final class Requests {
  static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  static APIGatewayV2HTTPEvent of(
      String method, String path, Map<String, String> headers, String body) {
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRawPath(path)
        .withHeaders(headers)
        .withBody(body)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod(method)
                        .withPath(path)
                        .build())
                .build())
        .build();
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
