package io.openmonetize.proxy.request;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Short fields of a form with files, as image edits and transcriptions are sent. */
final class MultipartBody {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final int HEADER_BYTES_AT_MOST = 1024;
  private static final int VALUE_BYTES_AT_MOST = 256;
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

  private final byte[] body;
  private final byte[] delimiter;

  private MultipartBody(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Empty when the content type is no form with a boundary. */
  static Optional<MultipartBody> of(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
        || !boundary.find()) {
      return Optional.empty();
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    return Optional.of(new MultipartBody(body, text));
  }

  /** The value of the first field of this name, if it is short enough to be one that matters. */
  Optional<String> field(String name) {
    int at = indexOf(delimiter, 0, body.length);
    while (at >= 0) {
      int headers = at + delimiter.length;
      int blank =
          indexOf(BLANK_LINE, headers, Math.min(body.length, headers + HEADER_BYTES_AT_MOST));
      int next = indexOf(delimiter, headers, body.length);
      if (blank >= 0 && next > blank && names(headers, blank, name)) {
        int from = blank + BLANK_LINE.length;
        int to = next - "\r\n".length();
        return to > from && to - from <= VALUE_BYTES_AT_MOST
            ? Optional.of(new String(body, from, to - from, StandardCharsets.UTF_8))
            : Optional.empty();
      }
      at = next;
    }
    return Optional.empty();
  }

  private boolean names(int from, int to, String name) {
    String headers = new String(body, from, to - from, StandardCharsets.ISO_8859_1);
    return headers.contains("; name=\"" + name + "\"");
  }

  private int indexOf(byte[] wanted, int from, int to) {
    for (int i = from; i <= to - wanted.length; i++) {
      int matched = 0;
      while (matched < wanted.length && body[i + matched] == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return i;
      }
    }
    return -1;
  }
}
