package io.openmonetize.query.access;

import io.openmonetize.query.http.Request;
import io.openmonetize.query.operators.Sessions;
import java.util.Optional;

/** The cookie that carries a session's token. No script can read it, no other site sends it. */
public final class SessionCookie {
  private static final String NAME = "om_session";

  private SessionCookie() {}

  public static Optional<String> token(Request request) {
    return request.cookie(NAME).filter(token -> !token.isEmpty());
  }

  public static String set(Request request, String token) {
    return cookie(request, token, Sessions.LIFETIME.toSeconds());
  }

  public static String clear(Request request) {
    return cookie(request, "", 0);
  }

  private static String cookie(Request request, String value, long maxAgeSeconds) {
    String cookie =
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict"
            .formatted(NAME, value, maxAgeSeconds);
    return request.isLoopback() ? cookie : cookie + "; Secure";
  }
}
