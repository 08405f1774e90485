package io.openmonetize.query.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The headers that every answer carries, so that no page of another origin can frame, read or
 * script what this one shows, and no proxy keeps it.
 */
public final class SecurityHeaders {
  private final String contentSecurityPolicy;

  /**
   * @param proxyUrl where provider SDKs are pointed: the one other origin that the page may call,
   *     from its playground; null where this deployment does not say
   */
  public SecurityHeaders(@Nullable URI proxyUrl) {
    this.contentSecurityPolicy =
        String.join(
            "; ",
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            proxyUrl == null ? "connect-src 'self'" : "connect-src 'self' " + origin(proxyUrl),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "require-trusted-types-for 'script'");
  }

  public Answer add(Answer answer, Request request) {
    Answer safe =
        answer
            .with("content-security-policy", contentSecurityPolicy)
            .with("x-content-type-options", "nosniff")
            .with("referrer-policy", "no-referrer")
            .with("cross-origin-opener-policy", "same-origin")
            .with("cross-origin-resource-policy", "same-origin")
            .withDefault("cache-control", "no-store");
    return request.isLoopback() ? safe : safe.with("strict-transport-security", "max-age=31536000");
  }

  private static String origin(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }
}
