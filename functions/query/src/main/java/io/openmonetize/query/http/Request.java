package io.openmonetize.query.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One call.
 *
 * @param method in capitals, as sent
 * @param path without the API's stage, starting with a slash
 * @param stagePath what was cut off in front of it, such as {@code /prod}; empty where there is
 *     nothing
 * @param rawQuery still percent-encoded, without the question mark; empty where there is none
 * @param headers by lower-case name; repeated ones come joined by commas
 * @param cookies each {@code name=value}
 * @param sourceAddress the caller's network address as the front door saw it
 * @param host as the caller named it, with its port if it named one
 */
public record Request(
    String method,
    String path,
    String stagePath,
    String rawQuery,
    Map<String, String> headers,
    List<String> cookies,
    byte[] body,
    String sourceAddress,
    String host,
    String requestId) {
  public Request {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  /** True for the methods that by their definition change nothing. */
  public boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  public Optional<String> cookie(String name) {
    String start = name + "=";
    return cookies.stream()
        .filter(cookie -> cookie.startsWith(start))
        .map(cookie -> cookie.substring(start.length()))
        .findFirst();
  }

  /**
   * Whether the caller reaches this over the machine's own loopback, where there is no TLS: there a
   * {@code Secure} cookie would never come back, and strict transport security would break every
   * other thing on that host.
   */
  public boolean isLoopback() {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.[0-9]{1,3}){3}");
  }
}
