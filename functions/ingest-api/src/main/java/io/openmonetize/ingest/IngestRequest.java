package io.openmonetize.ingest;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the intake reads of an HTTP API's event. */
record IngestRequest(APIGatewayV2HTTPEvent event) {
  private static final String BEARER = "Bearer ";

  String method() {
    return event.getRequestContext().getHttp().getMethod().toUpperCase(Locale.ROOT);
  }

  String path() {
    return event.getRawPath();
  }

  /** {@code X-API-Key}, or else {@code Authorization: Bearer}. */
  Optional<String> key() {
    return header("x-api-key")
        .or(
            () ->
                header("authorization")
                    .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                    .map(value -> value.substring(BEARER.length())))
        .map(String::strip);
  }

  /**
   * @throws IllegalArgumentException when the body is said to be base64 and is not
   */
  byte[] body() {
    String body = event.getBody();
    if (body == null) {
      return new byte[0];
    }
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** Format 2.0 promises lower-case names; a test tool or another front door may not. */
  private Optional<String> header(String name) {
    Map<String, String> headers = event.getHeaders();
    if (headers == null) {
      return Optional.empty();
    }
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
