package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyInputTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void read_chunkArrivesInTwoPackets_firstPartIsReturnedAtOnce() throws IOException {
    PiecesInput input = PiecesInput.of(CHUNKED + "6\r\nabc", "def\r\n0\r\n\r\n");
    BodyInput body = body(input);
    int readsBefore = input.reads();

    assertThat(readOnce(body)).isEqualTo("abc");
    assertThat(input.reads()).isEqualTo(readsBefore);
    assertThat(body.chunkRemaining()).isEqualTo(3);
    assertThat(readOnce(body)).isEqualTo("def");
    assertThat(body.chunkRemaining()).isZero();
  }

  @Test
  void read_twoChunksInOnePacket_oneEachTime() throws IOException {
    BodyInput body = body(PiecesInput.of(CHUNKED + "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"));

    assertThat(readOnce(body)).isEqualTo("a");
    assertThat(readOnce(body)).isEqualTo("bc");
    assertThat(body.read(new byte[9], 0, 9)).isEqualTo(-1);
    assertThat(body.complete()).isTrue();
  }

  @Test
  void endKnown_endCameWithTheLastChunk_isTrueAndReadsNothing() throws IOException {
    PiecesInput input = PiecesInput.of(CHUNKED + "3\r\nabc\r\n0\r\n\r\n", "next");
    BodyInput body = body(input);

    assertThat(body.endKnown()).isFalse();
    assertThat(readOnce(body)).isEqualTo("abc");
    assertThat(body.endKnown()).isTrue();
    assertThat(body.complete()).isTrue();
    assertThat(input.reads()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\r\n", "\r\n0\r\n", "\r\n0\r\n\r", "\r\n0\r\nx: y\r\n\r\n", "\r\n1\r\na"})
  void endKnown_anythingElseAfterTheChunk_isFalseAndReadsNothing(String rest) throws IOException {
    PiecesInput input = PiecesInput.of(CHUNKED + "3\r\nabc" + rest);
    BodyInput body = body(input);

    assertThat(readOnce(body)).isEqualTo("abc");
    assertThat(body.endKnown()).isFalse();
    assertThat(input.reads()).isEqualTo(1);
  }

  @Test
  void read_lastByteOfAChunkIsThere_doesNotWaitForWhatFollows() throws IOException {
    PiecesInput input = PiecesInput.of(CHUNKED + "3\r\nabc");
    BodyInput body = body(input);

    assertThat(readOnce(body)).isEqualTo("abc");
    assertThat(input.reads()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000, 100_000})
  void read_withData_readsTheConnectionAtMostOnce(int buffer) throws IOException {
    byte[] wire =
        PiecesInput.latin1("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(50000));
    PiecesInput input = PiecesInput.every(1400, wire);
    BodyInput body = body(input);
    int before = input.reads();

    for (int total = 0; total < 50000; before = input.reads()) {
      total += body.read(new byte[buffer], 0, buffer);
      assertThat(input.reads() - before).isLessThanOrEqualTo(1);
    }
    assertThat(body.complete()).isTrue();
  }

  @Test
  void read_lengthZero_nothingIsReadAtAll() throws IOException {
    PiecesInput input = PiecesInput.of(CHUNKED, "1\r\na\r\n0\r\n\r\n");
    BodyInput body = body(input);

    assertThat(body.read(new byte[0], 0, 0)).isZero();
    assertThat(input.reads()).isEqualTo(1);
  }

  @Test
  void read_single_byteValues() throws IOException {
    BodyInput body =
        body(PiecesInput.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u00ff\u0000"));

    assertThat(body.read()).isEqualTo(255);
    assertThat(body.read()).isZero();
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void read_extensionsAndUpperCaseAndLeadingZeros_read() throws IOException {
    BodyInput body =
        body(PiecesInput.of(CHUNKED + "00A;x=\"y\"\r\n0123456789\r\n1 ;a\r\nz\r\n000\r\n\r\n"));

    assertThat(body.readAll(20)).asString().isEqualTo("0123456789z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\na\r\n0\r\n\r\n",
        " 1\r\na\r\n0\r\n\r\n",
        "1 \r\na\r\n0\r\n\r\n",
        "-1\r\na\r\n0\r\n\r\n",
        "+1\r\na\r\n0\r\n\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "1g\r\na\r\n0\r\n\r\n",
        "1\na\r\n0\r\n\r\n",
        "1\ra\r\n0\r\n\r\n",
        "1;a\nb\r\na\r\n0\r\n\r\n",
        "1;a\rb\r\na\r\n0\r\n\r\n",
        "1;\u0000\r\na\r\n0\r\n\r\n",
        "1\r\nab\r\n0\r\n\r\n",
        "1\r\naXX0\r\n\r\n",
        "1\r\na\rX0\r\n\r\n",
        "1\r\naX\n0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "2\r\na\r\n0\r\n\r\n",
        "10000000000000000\r\na\r\n0\r\n\r\n",
        "ffffffffffffffff\r\na\r\n0\r\n\r\n",
        "0\n\n",
        "0\r\nt : u\r\n\r\n",
        "0\r\nt: u\n\r\n",
        "0\r\n t: u\r\n\r\n",
      })
  void read_brokenChunk_malformed(String chunks) throws IOException {
    BodyInput body = body(PiecesInput.of(CHUNKED + chunks));

    assertThatThrownBy(() -> body.readAll(100)).isInstanceOf(MalformedHttpException.class);
    assertThat(body.complete()).isFalse();
  }

  @Test
  void read_endlessChunkExtension_malformed() throws IOException {
    PiecesInput input =
        PiecesInput.every(500, PiecesInput.latin1(CHUNKED + "1;" + "x".repeat(100_000)));
    BodyInput body = body(input);

    assertThatThrownBy(() -> body.readAll(100)).isInstanceOf(MalformedHttpException.class);
    assertThat(input.reads()).isLessThan(6);
  }

  @Test
  void read_hugeChunkAnnounced_deliversWhatCame() throws IOException {
    BodyInput body = body(PiecesInput.of(CHUNKED + "7fffffffffffff\r\nabc"));

    assertThat(readOnce(body)).isEqualTo("abc");
    assertThatThrownBy(() -> readOnce(body)).isInstanceOf(TruncatedBodyException.class);
  }

  @Test
  void trailers_afterTheEnd_read() throws IOException {
    BodyInput body = body(PiecesInput.of(CHUNKED + "0\r\nA: b\r\nc: \r\n\r\n"));
    assertThat(body.trailers()).isEqualTo(Headers.NONE);

    assertThat(body.readAll(0)).isEmpty();

    assertThat(body.trailers()).isEqualTo(Headers.of("A", "b", "c", ""));
  }

  @Test
  void read_everyTrueBeginningOfAChunkedBody_truncated() throws IOException {
    String whole = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nt: u\r\n\r\n";
    for (int length = 0; length < whole.length(); length++) {
      BodyInput body = body(PiecesInput.of(CHUNKED + whole.substring(0, length)));

      assertThatThrownBy(() -> body.readAll(100))
          .as("cut after %d bytes", length)
          .isInstanceOf(TruncatedBodyException.class);
      assertThat(body.complete()).isFalse();
    }
  }

  @Test
  void read_bodyOfStatedLengthCut_truncated() throws IOException {
    BodyInput body = body(PiecesInput.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc"));

    assertThat(readOnce(body)).isEqualTo("abc");
    assertThatThrownBy(() -> readOnce(body)).isInstanceOf(TruncatedBodyException.class);
    assertThat(body.complete()).isFalse();
  }

  @Test
  void readAll_asLongAsAllowed_returned() throws IOException {
    assertThat(body(PiecesInput.of(CHUNKED + "3\r\nabc\r\n0\r\n\r\n")).readAll(3)).hasSize(3);
  }

  @Test
  void readAll_longer_tooLarge() throws IOException {
    BodyInput chunked = body(PiecesInput.of(CHUNKED + "3\r\nabc\r\n0\r\n\r\n"));

    assertThatThrownBy(() -> chunked.readAll(2)).isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void readAll_statedLengthLonger_tooLargeBeforeReadingIt() throws IOException {
    PiecesInput input = PiecesInput.of("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    BodyInput body = body(input);

    assertThatThrownBy(() -> body.readAll(1000)).isInstanceOf(BodyTooLargeException.class);
    assertThat(input.reads()).isEqualTo(1);
  }

  private static BodyInput body(PiecesInput input) throws IOException {
    HttpReader reader = new HttpReader(input);
    return reader.responseBody(reader.responseHead(), false);
  }

  private static String readOnce(BodyInput body) throws IOException {
    byte[] target = new byte[100];
    return new String(target, 0, body.read(target, 0, 100));
  }
}
