package io.openmonetize.query;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What API Gateway was told to answer. */
record Reply(APIGatewayV2HTTPResponse response) {
  int status() {
    return response.getStatusCode();
  }

  @Nullable String header(String name) {
    return response.getHeaders().get(name);
  }

  List<String> cookies() {
    return response.getCookies();
  }

  byte[] bytes() {
    return response.getIsBase64Encoded()
        ? Base64.getDecoder().decode(response.getBody())
        : response.getBody().getBytes(StandardCharsets.UTF_8);
  }

  /** How long the body is in what Lambda is given, where it is a JSON string. */
  int bytesOnTheWay() {
    try {
      return new ObjectMapper().writeValueAsBytes(response.getBody()).length;
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
