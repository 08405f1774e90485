package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * The messages of one SendMessage or SendMessageBatch request of SQS's JSON protocol, read in one
 * pass over its bytes.
 */
final class QueueRequest {
  /** Is given each message; both are overwritten by the next. */
  interface Each {
    /**
     * @param id the entry's, empty in a request of one message
     */
    void message(Bytes id, Bytes body);
  }

  private static final byte[] ID = "Id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BODY = "MessageBody".getBytes(StandardCharsets.US_ASCII);

  private final Bytes name = new Bytes();
  private final Bytes other = new Bytes();
  private final Bytes id = new Bytes();
  private final Bytes body = new Bytes();

  void read(Bytes request, Each each) {
    id.clear();
    body.clear();
    name.clear();
    boolean value = false;
    int at = 0;
    while (at < request.length()) {
      switch (request.at(at)) {
        case '"' -> {
          at = string(request, at + 1, value ? valueOf() : name) - 1;
          value = false;
        }
        case ':' -> value = true;
        case '}' -> {
          if (body.length() > 0) {
            each.message(id, body);
          }
          id.clear();
          body.clear();
        }
        default -> value = false;
      }
      at++;
    }
  }

  private Bytes valueOf() {
    if (name.length() == ID.length && name.isAt(0, ID)) {
      return id;
    }
    return name.length() == BODY.length && name.isAt(0, BODY) ? body : other;
  }

  /** Reads a string, unescaped; returns the place behind its end. */
  private static int string(Bytes from, int begin, Bytes to) {
    to.clear();
    int at = begin;
    while (from.at(at) != '"') {
      if (from.at(at) == '\\') {
        at = escape(from, at + 1, to);
      } else {
        to.add(from.at(at));
        at++;
      }
    }
    return at + 1;
  }

  private static int escape(Bytes from, int at, Bytes to) {
    switch (from.at(at)) {
      case 'n' -> to.add((byte) '\n');
      case 'r' -> to.add((byte) '\r');
      case 't' -> to.add((byte) '\t');
      case 'b' -> to.add((byte) '\b');
      case 'f' -> to.add((byte) '\f');
      case 'u' -> throw new IllegalStateException("the bench's events have plain letters only");
      default -> to.add(from.at(at));
    }
    return at + 1;
  }
}
