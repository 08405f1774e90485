package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import io.openmonetize.runtime.http1.Headers;

/** Refusals and failures in Gemini's form. */
public final class GeminiErrors {
  private GeminiErrors() {}

  /** Gemini answers a wrong key with 400. */
  public static Script authentication() {
    return of(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.");
  }

  public static Script invalid(String message) {
    return of(400, "INVALID_ARGUMENT", message);
  }

  public static Script rateLimit() {
    return of(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.");
  }

  public static Script internal() {
    return of(500, "INTERNAL", "An internal error has occurred.");
  }

  public static Script unavailable() {
    return of(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
  }

  static Script of(int status, String name, String message) {
    Headers headers =
        Headers.of(
            "Content-Type", "application/json; charset=UTF-8", "server-timing", "gfet4t7; dur=41");
    String body =
        """
        {
          "error": {
            "code": %d,
            "message": %s,
            "status": "%s"
          }
        }
        """
            .formatted(status, quote(message), name);
    return Script.whole(status, headers, Wire.utf8(body));
  }
}
