package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import io.openmonetize.runtime.http1.Headers;

/** Refusals and failures in Anthropic's form. */
public final class AnthropicErrors {
  private static final String REQUEST_ID = "req_011CStandInStandInStand";

  private AnthropicErrors() {}

  public static Script authentication() {
    return of(401, "authentication_error", "invalid x-api-key", "x-should-retry", "false");
  }

  public static Script invalid(String message) {
    return of(400, "invalid_request_error", message, "x-should-retry", "false");
  }

  public static Script rateLimit() {
    return of(
        429,
        "rate_limit_error",
        "This request would exceed your organization's rate limit.",
        "retry-after",
        "1",
        "anthropic-ratelimit-requests-limit",
        "50",
        "anthropic-ratelimit-requests-remaining",
        "0",
        "anthropic-ratelimit-requests-reset",
        "2026-01-01T00:00:00Z");
  }

  public static Script internal() {
    return of(500, "api_error", "Internal server error");
  }

  public static Script overloaded() {
    return of(529, "overloaded_error", "Overloaded", "x-should-retry", "true");
  }

  static Script of(int status, String type, String message, String... headers) {
    Headers all =
        Wire.join(
            Headers.of("Content-Type", "application/json", "request-id", REQUEST_ID),
            Headers.of(headers));
    String body =
        """
        {"type":"error","error":{"type":"%s","message":%s},"request_id":"%s"}\
        """
            .formatted(type, quote(message), REQUEST_ID);
    return Script.whole(status, all, Wire.utf8(body));
  }
}
