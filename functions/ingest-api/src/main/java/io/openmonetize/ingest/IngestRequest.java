package io.openmonetize.ingest;

import io.openmonetize.lambda.HttpEvent;
import java.util.Locale;
import java.util.Optional;

/** What the intake reads of an HTTP API's event. */
record IngestRequest(HttpEvent event) {
  private static final String BEARER = "Bearer ";

  String method() {
    return event.method().toUpperCase(Locale.ROOT);
  }

  String path() {
    return event.rawPath();
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
    return event.bytes();
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(event.headers().get(name));
  }
}
