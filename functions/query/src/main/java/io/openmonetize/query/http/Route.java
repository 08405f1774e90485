package io.openmonetize.query.http;

/**
 * @param method {@code GET} answers HEAD too
 */
public record Route(String method, PathPattern path, Handler handler) {
  public Route(String method, String path, Handler handler) {
    this(method, new PathPattern(path), handler);
  }

  boolean takes(String requested) {
    return method.equals(requested) || method.equals("GET") && requested.equals("HEAD");
  }
}
