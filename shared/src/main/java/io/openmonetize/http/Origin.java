package io.openmonetize.http;

import java.net.URI;

/**
 * A server, and the path under which its API is.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param authority the {@code host} header
 * @param pathPrefix the base URL's own path, without a slash at its end; mostly empty
 */
public record Origin(boolean tls, String host, int port, String authority, String pathPrefix) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * @param base an absolute http or https URL without query or fragment
   */
  public static Origin of(URI base) {
    boolean tls = base.getScheme().equals("https");
    int usual = tls ? HTTPS : HTTP;
    int port = base.getPort() < 0 ? usual : base.getPort();
    String name = base.getHost();
    String host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    String path = base.getRawPath() == null ? "" : base.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return new Origin(tls, host, port, port == usual ? name : name + ":" + port, path);
  }
}
