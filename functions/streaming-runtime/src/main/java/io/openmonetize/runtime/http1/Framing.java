package io.openmonetize.runtime.http1;

import java.util.List;

/** How the end of a body is known: RFC 9112 section 6.3. */
sealed interface Framing {
  record Empty() implements Framing {}

  record Chunked() implements Framing {}

  record Length(long bytes) implements Framing {}

  /** Responses only: the body lasts until the connection closes. */
  record UntilClose() implements Framing {}

  int MAX_LENGTH_DIGITS = 18;

  static Framing ofRequest(HttpVersion version, Headers headers) throws MalformedHttpException {
    if (headers.contains("Transfer-Encoding")) {
      if (headers.contains("Content-Length")) {
        // The classic smuggling request: whoever obeys the other field sees another request inside.
        throw new MalformedHttpException("Both Transfer-Encoding and Content-Length");
      }
      return chunked(version, headers);
    }
    return headers.contains("Content-Length") ? length(headers) : new Empty();
  }

  static Framing ofResponse(HttpVersion version, ResponseHead head, boolean toHead)
      throws MalformedHttpException {
    int status = head.status();
    if (toHead || status < 200 || status == 204 || status == 304) {
      return new Empty();
    }
    if (head.headers().contains("Transfer-Encoding")) {
      // With Content-Length beside it, Transfer-Encoding wins and the connection is not used again
      // (HttpReader.keepAlive).
      return chunked(version, head.headers());
    }
    return head.headers().contains("Content-Length") ? length(head.headers()) : new UntilClose();
  }

  private static Framing chunked(HttpVersion version, Headers headers)
      throws MalformedHttpException {
    List<String> codings = headers.all("Transfer-Encoding");
    if (version == HttpVersion.HTTP_1_0) {
      throw new MalformedHttpException("Transfer-Encoding in an HTTP/1.0 message");
    }
    if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
      throw new MalformedHttpException("A Transfer-Encoding other than chunked");
    }
    return new Chunked();
  }

  /**
   * Proxies may have joined equal repetitions with commas; those are taken, different ones refused.
   */
  private static Framing length(Headers headers) throws MalformedHttpException {
    String first = null;
    for (String line : headers.all("Content-Length")) {
      for (String part : line.split(",", -1)) {
        String value = Syntax.trim(part);
        if (!isLength(value)) {
          throw new MalformedHttpException("Content-Length is not a decimal number");
        }
        if (first != null && !first.equals(value)) {
          throw new MalformedHttpException("Different values of Content-Length");
        }
        first = value;
      }
    }
    return new Length(Long.parseLong(first));
  }

  private static boolean isLength(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_LENGTH_DIGITS;
  }
}
