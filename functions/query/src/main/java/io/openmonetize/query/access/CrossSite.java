package io.openmonetize.query.access;

import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Refuses calls that another site's page makes in a signed-in operator's browser. The browser adds
 * the cookie by itself; what such a page cannot add is a header of its own without asking this
 * origin first, and what it cannot hide is its {@code Origin}.
 */
public final class CrossSite {
  private CrossSite() {}

  /**
   * For every call that counts on the session's cookie and changes something.
   *
   * @throws Refusal when it lacks {@code X-OM-CSRF: 1} or comes from another origin
   */
  public static void refuseForgery(Request request) {
    if (!request.header("x-om-csrf").equals(Optional.of("1"))) {
      throw new Refusal(
          ErrorCode.FORBIDDEN,
          "A call with a session's cookie must carry the header X-OM-CSRF: 1.");
    }
    refuseOtherOrigin(request);
  }

  /**
   * @throws Refusal when a browser says that the call comes from another origin
   */
  public static void refuseOtherOrigin(Request request) {
    request
        .header("origin")
        .filter(origin -> !isSameHost(origin, request.host()))
        .ifPresent(
            _ -> {
              throw new Refusal(ErrorCode.FORBIDDEN, "The call comes from another origin.");
            });
  }

  private static boolean isSameHost(String origin, String host) {
    URI from;
    try {
      from = URI.create(origin);
    } catch (IllegalArgumentException e) {
      return false;
    }
    String authority = from.getRawAuthority();
    if (authority == null || from.getScheme() == null) {
      return false;
    }
    // A Host header may name the port that an Origin leaves out because it is the scheme's own.
    String ownPort =
        switch (from.getScheme()) {
          case "https" -> ":443";
          case "http" -> ":80";
          default -> "";
        };
    return less(ownPort, authority).equals(less(ownPort, host));
  }

  private static String less(String port, String authority) {
    String lowerCased = authority.toLowerCase(Locale.ROOT);
    return !port.isEmpty() && lowerCased.endsWith(port)
        ? lowerCased.substring(0, lowerCased.length() - port.length())
        : lowerCased;
  }
}
