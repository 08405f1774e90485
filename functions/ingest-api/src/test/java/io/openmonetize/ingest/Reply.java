package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What the HTTP API was told to answer. */
record Reply(JsonNode payload) {
  static Reply of(byte[] payload) {
    return new Reply(Requests.parse(new String(payload, StandardCharsets.UTF_8)));
  }

  int status() {
    return payload.path("statusCode").asInt();
  }

  String header(String name) {
    return payload.path("headers").path(name).asText();
  }

  String body() {
    return payload.path("body").asText();
  }
}
