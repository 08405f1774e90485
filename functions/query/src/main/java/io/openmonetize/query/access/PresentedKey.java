package io.openmonetize.query.access;

import io.openmonetize.query.http.Request;
import java.util.Locale;
import java.util.Optional;

/** The API key that a call brings: {@code Authorization: Bearer}, or else {@code X-API-Key}. */
final class PresentedKey {
  private static final String BEARER = "bearer ";

  private PresentedKey() {}

  /** Present, and perhaps no key at all, whenever either header is. */
  static Optional<String> of(Request request) {
    Optional<String> authorization = request.header("authorization");
    if (authorization.isEmpty()) {
      return request.header("x-api-key").map(String::strip);
    }
    String value = authorization.get();
    boolean bearer = value.toLowerCase(Locale.ROOT).startsWith(BEARER);
    return Optional.of(bearer ? value.substring(BEARER.length()).strip() : "");
  }
}
