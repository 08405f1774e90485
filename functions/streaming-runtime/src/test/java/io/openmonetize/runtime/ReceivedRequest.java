package io.openmonetize.runtime;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * One request as it came over the wire.
 *
 * @param connection number of the connection, in the order of their making
 * @param head the lines of the head, request line first, as sent
 * @param chunks of a chunked body, each apart; a body of stated length is one
 * @param trailers lines after the last chunk, as sent
 */
record ReceivedRequest(
    int connection, List<String> head, List<byte[]> chunks, List<String> trailers) {
  String requestLine() {
    return head.getFirst();
  }

  /** Values of a field, in any case of its name. */
  List<String> header(String name) {
    return values(head.subList(1, head.size()), name);
  }

  /** Value of the one trailer of this name. */
  String trailer(String name) {
    List<String> values = values(trailers, name);
    if (values.size() != 1) {
      throw new AssertionError(values.size() + " trailers " + name);
    }
    return values.getFirst();
  }

  byte[] body() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(all::writeBytes);
    return all.toByteArray();
  }

  static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }
}
