package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import io.openmonetize.runtime.http1.Headers;

/** Refusals and failures in OpenAI's form. */
public final class OpenAiErrors {
  private OpenAiErrors() {}

  public static Script authentication() {
    return of(
        401, "invalid_request_error", "\"invalid_api_key\"", "Incorrect API key provided: sk-…");
  }

  public static Script invalid(String message) {
    return of(400, "invalid_request_error", "null", message);
  }

  public static Script rateLimit() {
    return of(
        429,
        "requests",
        "\"rate_limit_exceeded\"",
        "Rate limit reached for requests per minute (RPM): Limit 3, Used 3, Requested 1.",
        "retry-after",
        "1",
        "retry-after-ms",
        "900",
        "x-ratelimit-limit-requests",
        "3",
        "x-ratelimit-remaining-requests",
        "0",
        "x-ratelimit-reset-requests",
        "900ms");
  }

  public static Script internal() {
    return of(
        500,
        "server_error",
        "null",
        "The server had an error while processing your request. Sorry about that!");
  }

  static Script notFound(String path) {
    return of(404, "invalid_request_error", "null", "Invalid URL (" + path + ")");
  }

  static Script of(int status, String type, String code, String message, String... headers) {
    Headers all =
        Wire.join(
            Headers.of(
                "Content-Type", "application/json", "x-request-id", "req_5f0c7f1f9f7a4c0e8d3e"),
            Headers.of(headers));
    String body =
        """
        {
          "error": {
            "message": %s,
            "type": "%s",
            "param": null,
            "code": %s
          }
        }
        """
            .formatted(quote(message), type, code);
    return Script.whole(status, all, Wire.utf8(body));
  }
}
