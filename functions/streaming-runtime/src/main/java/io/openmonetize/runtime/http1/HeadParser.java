package io.openmonetize.runtime.http1;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a head apart whose line ends were already found to be CRLF. No message repeats its input.
 */
final class HeadParser {
  static final int MAX_FIELDS = 1000;

  private static final String CRLF = "\r\n";

  private HeadParser() {}

  /** A first line and the version that it names. */
  record Parsed<T>(HttpVersion version, T head) {}

  static Parsed<RequestHead> request(String section) throws MalformedHttpException {
    int end = section.indexOf(CRLF);
    String[] parts = section.substring(0, end).split(" ", -1);
    if (parts.length != 3 || !Syntax.isToken(parts[0]) || !Syntax.isTarget(parts[1])) {
      throw new MalformedHttpException("The request line is not method, target and version");
    }
    HttpVersion version = HttpVersion.parse(parts[2]);
    return new Parsed<>(version, new RequestHead(parts[0], parts[1], fields(section, end + 2)));
  }

  static Parsed<ResponseHead> response(String section) throws MalformedHttpException {
    int end = section.indexOf(CRLF);
    String[] parts = section.substring(0, end).split(" ", 3);
    if (parts.length < 2) {
      throw new MalformedHttpException("The status line has no status");
    }
    HttpVersion version = HttpVersion.parse(parts[0]);
    String reason = parts.length == 3 ? parts[2] : "";
    if (!Syntax.isText(reason)) {
      throw new MalformedHttpException("The reason phrase holds a control character");
    }
    Headers headers = fields(section, end + 2);
    return new Parsed<>(version, new ResponseHead(status(parts[1]), reason, headers));
  }

  /** The field lines from an index up to the empty line. */
  static Headers fields(String section, int start) throws MalformedHttpException {
    List<Headers.Field> fields = new ArrayList<>();
    int lineStart = start;
    int lineEnd = section.indexOf(CRLF, lineStart);
    while (lineEnd > lineStart) {
      if (fields.size() == MAX_FIELDS) {
        throw new MalformedHttpException("More than " + MAX_FIELDS + " header fields");
      }
      fields.add(field(section.substring(lineStart, lineEnd)));
      lineStart = lineEnd + 2;
      lineEnd = section.indexOf(CRLF, lineStart);
    }
    return fields.isEmpty() ? Headers.NONE : new Headers(fields);
  }

  private static Headers.Field field(String line) throws MalformedHttpException {
    int colon = line.indexOf(':');
    // A name that is no token covers a space before the colon and a folded line, both of which
    // readers take in different ways: one sees the field, another does not.
    if (colon < 0 || !Syntax.isToken(line.substring(0, colon))) {
      throw new MalformedHttpException("A header line has no proper name");
    }
    String value = Syntax.trim(line.substring(colon + 1));
    if (!Syntax.isText(value)) {
      throw new MalformedHttpException("A header value holds a control character");
    }
    return new Headers.Field(line.substring(0, colon), value);
  }

  private static int status(String text) throws MalformedHttpException {
    boolean digits = text.length() == 3;
    for (int i = 0; digits && i < 3; i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits || text.charAt(0) == '0') {
      throw new MalformedHttpException("The status is not a number of three digits");
    }
    return Integer.parseInt(text);
  }
}
