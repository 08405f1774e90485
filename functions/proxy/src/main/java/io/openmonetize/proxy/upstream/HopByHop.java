package io.openmonetize.proxy.upstream;

import io.openmonetize.runtime.http1.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Headers that are between two neighbours only (RFC 9110 section 7.6.1). */
public final class HopByHop {
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private HopByHop() {}

  /**
   * The names, in lower case, that a message's {@code Connection} header adds, and those of old.
   */
  public static Set<String> names(Headers headers) {
    Set<String> names = new HashSet<>(ALWAYS);
    for (String value : headers.all("connection")) {
      for (String name : value.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
