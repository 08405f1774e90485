package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the provider answers a model's name, with all bytes made beforehand. Each piece of a stream
 * has a place for the time at which it is written.
 */
final class Script {
  /** Before the digits of a time, and nowhere else in an answer. */
  static final byte MARK = '@';

  /** As many digits as a long may have. */
  static final int TIME_DIGITS = 19;

  private static final String BLANK_TIME = "@" + "0".repeat(TIME_DIGITS);
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\nServer: bench\r\n"
          + "x-request-id: req_011CSHoEeqs5C35K2UUqR7Fy\r\n"
          + "request-id: req_011CSHoEeqs5C35K2UUqR7Fy\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String EVENTS =
      "Content-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n";

  /**
   * One write of the provider.
   *
   * @param times where in it the time of the write is written
   */
  record Write(byte[] bytes, int[] times) {}

  private final String model;
  private final Shape shape;
  private final Duration before;
  private final Duration between;
  private final List<Write> writes;
  private final byte[] body;
  private final int[] times;

  private Script(
      String model,
      Shape shape,
      Duration before,
      Duration between,
      List<Write> writes,
      String body) {
    this.model = model;
    this.shape = shape;
    this.before = before;
    this.between = between;
    this.writes = writes;
    this.body = ascii(body);
    this.times = places(this.body);
  }

  /** A whole answer, at once or after a while. */
  static Script plain(String model, Shape shape, Duration before) {
    String body = shape.answer();
    String answer = HEAD + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    return new Script(model, shape, before, Duration.ZERO, List.of(write(answer)), body);
  }

  /**
   * A stream, of which each piece is a chunk and a write of its own; the first comes with the head,
   * and the stream's end as long after the last as that after the one before.
   */
  static Script stream(String model, Shape shape, int pieces, Duration between) {
    String piece = shape.piece(BLANK_TIME);
    List<Write> writes = new ArrayList<>();
    writes.add(write(HEAD + EVENTS + chunk(shape.opening() + piece)));
    for (int i = 1; i < pieces; i++) {
      writes.add(write(chunk(piece)));
    }
    writes.add(write(chunk(shape.closing()) + "0\r\n\r\n"));
    return new Script(model, shape, Duration.ZERO, between, writes, body(shape, pieces));
  }

  /** The same stream in a single write, each piece a chunk. */
  static Script lump(String model, Shape shape, int pieces) {
    String piece = shape.piece(BLANK_TIME);
    String answer =
        HEAD
            + EVENTS
            + chunk(shape.opening() + piece)
            + chunk(piece).repeat(pieces - 1)
            + chunk(shape.closing())
            + "0\r\n\r\n";
    List<Write> writes = List.of(write(answer));
    return new Script(model, shape, Duration.ZERO, Duration.ZERO, writes, body(shape, pieces));
  }

  String model() {
    return model;
  }

  Shape shape() {
    return shape;
  }

  boolean streams() {
    return times.length > 0;
  }

  String request() {
    return shape.request(model, streams());
  }

  /** From the request's arrival to the first write. */
  Duration before() {
    return before;
  }

  Duration between() {
    return between;
  }

  /** How long an answer takes the provider. */
  Duration length() {
    return before.plus(between.multipliedBy(writes.size() - 1));
  }

  List<Write> writes() {
    return writes;
  }

  /** All of an answer but its framing. */
  byte[] body() {
    return body;
  }

  /** Where in the body the digits of times are. */
  int[] times() {
    return times;
  }

  private static String body(Shape shape, int pieces) {
    return shape.opening() + shape.piece(BLANK_TIME).repeat(pieces) + shape.closing();
  }

  private static String chunk(String bytes) {
    return Integer.toHexString(bytes.length()) + "\r\n" + bytes + "\r\n";
  }

  private static Write write(String text) {
    byte[] bytes = ascii(text);
    return new Write(bytes, places(bytes));
  }

  private static int[] places(byte[] bytes) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == MARK) {
        places.add(i + 1);
      }
    }
    return places.stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
