package io.openmonetize.runtime.http1;

/** The two versions that share this wire format. */
enum HttpVersion {
  HTTP_1_0,
  HTTP_1_1;

  static HttpVersion parse(String text) throws MalformedHttpException {
    return switch (text) {
      case "HTTP/1.1" -> HTTP_1_1;
      case "HTTP/1.0" -> HTTP_1_0;
      default -> throw new MalformedHttpException("Neither HTTP/1.1 nor HTTP/1.0");
    };
  }
}
