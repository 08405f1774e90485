package io.openmonetize.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpInputTest {
  private static final String MESSAGES =
      "POST /a HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\n\r\nhello"
          + "GET /next HTTP/1.1\r\nHost: x\r\n\r\n"
          + "POST /b HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
          + "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n"
          + "POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nFault: y\r\n\r\n";
  private static final String READ =
      "[POST /a HTTP/1.1]hello. [GET /next HTTP/1.1]. [POST /b HTTP/1.1]abc0123456789."
          + " [POST /c HTTP/1.1]x with trailers. ";

  @Test
  void feed_inAnyPieces_readsTheSameMessages() {
    byte[] bytes = MESSAGES.getBytes(StandardCharsets.US_ASCII);
    for (int size = 1; size <= bytes.length; size++) {
      Written side = new Written();
      HttpInput input = new HttpInput(side);
      for (int from = 0; from < bytes.length; from += size) {
        input.feed(bytes, from, Math.min(bytes.length, from + size), 0);
      }

      assertThat(side.text).as("pieces of %d", size).hasToString(READ);
    }
  }

  @Test
  void feed_anotherCoding_fails() {
    byte[] bytes =
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> new HttpInput(new Written()).feed(bytes, 0, bytes.length, 0))
        .hasMessageContaining("transfer coding");
  }

  private static final class Written implements Side {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void head(Head head, long now) {
      text.append('[').append(head.firstLine()).append(']');
    }

    @Override
    public void body(byte[] bytes, int from, int to, long now) {
      text.append(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    @Override
    public void end(boolean trailers, long now) {
      text.append(trailers ? " with trailers. " : ". ");
    }

    @Override
    public void closed() {}
  }
}
