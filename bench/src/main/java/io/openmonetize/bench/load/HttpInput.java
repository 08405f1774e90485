package io.openmonetize.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * Takes the messages of one connection apart as their bytes come, keeping none of the body. Knows
 * what the parties of these measurements send, and fails at everything else.
 */
final class HttpInput {
  private enum Next {
    HEAD,
    LENGTH,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS
  }

  private static final int BLANK_LINE = 0x0d0a0d0a;
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] CHUNKED = ascii("chunked");

  private final Side side;
  private final Head head = new Head();
  private Next next = Next.HEAD;
  private int last4;
  private long rest;
  private int lineLength;
  private boolean trailers;

  HttpInput(Side side) {
    this.side = side;
  }

  void feed(byte[] bytes, int from, int to, long now) {
    int at = from;
    while (at < to) {
      at =
          switch (next) {
            case HEAD -> head(bytes, at, to, now);
            case LENGTH, CHUNK -> body(bytes, at, to, now);
            case CHUNK_SIZE -> chunkSize(bytes, at, to);
            case CHUNK_END -> chunkEnd(bytes[at], at);
            case TRAILERS -> trailers(bytes[at], at, now);
          };
    }
  }

  private int head(byte[] bytes, int from, int to, long now) {
    for (int at = from; at < to; at++) {
      head.add(bytes[at]);
      last4 = last4 << 8 | bytes[at];
      if (last4 == BLANK_LINE) {
        last4 = 0;
        frame(now);
        return at + 1;
      }
    }
    return to;
  }

  private void frame(long now) {
    int coding = head.find(TRANSFER_ENCODING);
    int length = head.find(CONTENT_LENGTH);
    side.head(head, now);
    if (coding >= 0) {
      if (!head.valueEndsWith(coding, CHUNKED)) {
        throw new IllegalStateException("a transfer coding other than chunked");
      }
      next = Next.CHUNK_SIZE;
      rest = 0;
      trailers = false;
    } else {
      rest = length < 0 ? 0 : head.number(length);
      next = Next.LENGTH;
      if (rest == 0) {
        end(now);
      }
    }
  }

  private int body(byte[] bytes, int from, int to, long now) {
    int end = (int) Math.min(to, from + rest);
    side.body(bytes, from, end, now);
    rest -= end - from;
    if (rest == 0) {
      if (next == Next.LENGTH) {
        end(now);
      } else {
        next = Next.CHUNK_END;
      }
    }
    return end;
  }

  private int chunkSize(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      if (bytes[at] != '\r') {
        rest = rest << 4 | Character.digit(bytes[at], 16);
      }
      at++;
    }
    if (at == to) {
      return to;
    }
    if (rest < 0) {
      throw new IllegalStateException("a chunk without a size");
    }
    lineLength = 0;
    next = rest == 0 ? Next.TRAILERS : Next.CHUNK;
    return at + 1;
  }

  private int chunkEnd(byte b, int at) {
    if (b == '\n') {
      next = Next.CHUNK_SIZE;
    }
    return at + 1;
  }

  private int trailers(byte b, int at, long now) {
    if (b == '\n') {
      if (lineLength == 0) {
        end(now);
      }
      lineLength = 0;
    } else if (b != '\r') {
      lineLength++;
      trailers = true;
    }
    return at + 1;
  }

  private void end(long now) {
    next = Next.HEAD;
    head.clear();
    boolean withTrailers = trailers;
    trailers = false;
    side.end(withTrailers, now);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
