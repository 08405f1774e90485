package io.openmonetize.runtime.http1;

import java.util.List;

/** What a request's head must be like, whoever writes it. */
public final class RequestFraming {
  private RequestFraming() {}

  /**
   * A head that states the length of this body: {@code Content-Length} is added where it is absent,
   * except for an empty body of a method that has none.
   *
   * @throws IllegalArgumentException for a Content-Length other than the body's, or for chunked
   */
  public static RequestHead withLength(RequestHead head, int bodyBytes) {
    Headers headers = head.headers();
    List<String> stated = headers.all("Content-Length");
    String length = Integer.toString(bodyBytes);
    if (headers.contains("Transfer-Encoding")
        || stated.size() > 1
        || (stated.size() == 1 && !stated.getFirst().equals(length))) {
      throw new IllegalArgumentException("The head frames another body");
    }
    boolean add = stated.isEmpty() && (bodyBytes > 0 || mayHaveBody(head.method()));
    return add
        ? new RequestHead(head.method(), head.target(), headers.with("Content-Length", length))
        : head;
  }

  /**
   * The same head.
   *
   * @throws IllegalArgumentException for a method, target, name or value that could end its line
   */
  public static RequestHead checked(RequestHead head) {
    require(Syntax.isToken(head.method()), "The method");
    require(Syntax.isTarget(head.target()), "The request target");
    for (Headers.Field field : head.headers().fields()) {
      requireField(field);
    }
    return head;
  }

  static void requireField(Headers.Field field) {
    require(Syntax.isToken(field.name()), "A header name");
    require(Syntax.isText(field.value()), "A header value");
  }

  static void require(boolean good, String what) {
    if (!good) {
      throw new IllegalArgumentException(what + " holds characters that HTTP does not allow there");
    }
  }

  private static boolean mayHaveBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
