package io.openmonetize.query.http;

/**
 * The headers that every answer carries, so that no page of another origin can frame, read or
 * script what this one shows, and no proxy keeps it.
 */
public final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'self'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "connect-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'self'",
          "require-trusted-types-for 'script'");

  private SecurityHeaders() {}

  public static Answer add(Answer answer, Request request) {
    Answer safe =
        answer
            .with("content-security-policy", CONTENT_SECURITY_POLICY)
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
            .with("cross-origin-opener-policy", "same-origin")
            .with("cross-origin-resource-policy", "same-origin")
            .withDefault("cache-control", "no-store");
    return request.isLoopback() ? safe : safe.with("strict-transport-security", "max-age=31536000");
  }
}
