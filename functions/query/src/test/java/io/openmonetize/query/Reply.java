package io.openmonetize.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What API Gateway was told to answer. */
record Reply(JsonNode response) {
  static Reply of(byte[] payload) {
    try {
      return new Reply(new ObjectMapper().readTree(payload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    return response.path("statusCode").asInt();
  }

  @Nullable String header(String name) {
    return response.path("headers").path(name).textValue();
  }

  List<String> cookies() {
    List<String> cookies = new ArrayList<>();
    response.path("cookies").forEach(cookie -> cookies.add(cookie.asText()));
    return cookies;
  }

  boolean isBase64() {
    return response.path("isBase64Encoded").asBoolean();
  }

  byte[] bytes() {
    String body = response.path("body").asText();
    return isBase64() ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  /** How long the body is in what Lambda is given, where it is a JSON string. */
  int bytesOnTheWay() {
    try {
      return new ObjectMapper().writeValueAsBytes(response.path("body")).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return new ObjectMapper().readTree(bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode data() {
    return json().path("data");
  }

  String error() {
    return json().path("error").asText();
  }

  String message() {
    return json().path("message").asText();
  }
}
