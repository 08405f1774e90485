package io.openmonetize.proxy.reply;

import io.openmonetize.runtime.http1.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What browsers must be told before they let a page call the proxy or read its answers. Credentials
 * of the browser (cookies) are never allowed: the proxy's keys travel in headers.
 *
 * @param origins {@code OM_CORS_ORIGINS}; a single {@code *} for any, empty for none
 */
public record Cors(List<String> origins) {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
  private static final String EXPOSED = "x-om-request-id, server-timing, *";
  private static final String MAX_AGE_SECONDS = "600";

  public Cors {
    origins = List.copyOf(origins);
  }

  public Reply preflight(Headers request) {
    Map<String, String> headers = new HashMap<>(answer(request));
    if (headers.containsKey("access-control-allow-origin")) {
      headers.put("access-control-allow-methods", METHODS);
      headers.put("access-control-max-age", MAX_AGE_SECONDS);
      // Echoed, since a wildcard does not cover Authorization.
      request
          .first("access-control-request-headers")
          .ifPresent(asked -> headers.put("access-control-allow-headers", asked));
    }
    headers.put("vary", "origin, access-control-request-headers");
    return new Reply(204, headers, new byte[0]);
  }

  /**
   * The headers of any other answer; none where the request is not from a page of these origins.
   */
  public Map<String, String> answer(Headers request) {
    Optional<String> origin = request.first("origin");
    if (origin.isEmpty()) {
      return Map.of();
    }
    if (origins.contains("*")) {
      return Map.of("access-control-allow-origin", "*", "access-control-expose-headers", EXPOSED);
    }
    if (!origins.contains(origin.get())) {
      return Map.of("vary", "origin");
    }
    return Map.of(
        "access-control-allow-origin",
        origin.get(),
        "access-control-expose-headers",
        EXPOSED,
        "vary",
        "origin");
  }
}
