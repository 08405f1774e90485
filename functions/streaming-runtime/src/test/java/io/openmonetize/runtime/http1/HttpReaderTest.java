package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {
  @Test
  void requestHead_fieldsInAnySpelling_asSent() throws IOException {
    RequestHead head =
        request(
            "POST /v1/messages?a=%2F HTTP/1.1\r\n"
                + "Host: h\r\n"
                + "X-Two:a\r\n"
                + "x-two:\t b c \t\r\n"
                + "Empty:\r\n\r\n");

    assertThat(head)
        .isEqualTo(
            new RequestHead(
                "POST",
                "/v1/messages?a=%2F",
                Headers.of("Host", "h", "X-Two", "a", "x-two", "b c", "Empty", "")));
  }

  @Test
  void requestHead_latin1Value_keptByteForByte() throws IOException {
    assertThat(request("GET / HTTP/1.1\r\nx: \u00e9\u00ff\r\n\r\n").headers().first("X"))
        .contains("\u00e9\u00ff");
  }

  @Test
  void requestHead_twoRequestsInOnePacket_bothRead() throws IOException {
    HttpReader reader =
        reader(
            "GET /a HTTP/1.1\r\n\r\n"
                + "POST /b HTTP/1.1\r\n"
                + "Content-Length: 2\r\n\r\n"
                + "xyGET /c HTTP/1.1\r\n\r\n");

    assertThat(reader.requestHead().target()).isEqualTo("/a");
    RequestHead second = reader.requestHead();
    assertThat(second.target()).isEqualTo("/b");
    assertThat(reader.requestBody(second).readAll(10)).containsExactly('x', 'y');
    assertThat(reader.requestHead().target()).isEqualTo("/c");
    assertThat(reader.requestHead()).isNull();
  }

  @Test
  void buffered_afterAMessage_countsWhatCameBehindIt() throws IOException {
    HttpReader reader = reader("GET /a HTTP/1.1\r\n\r\nrest");

    assertThat(reader.buffered()).isZero();
    reader.requestHead();
    assertThat(reader.buffered()).isEqualTo(4);
  }

  @Test
  void requestHead_closedBeforeTheFirstByte_null() throws IOException {
    assertThat(reader("").requestHead()).isNull();
  }

  @Test
  void requestHead_oneEmptyLineBefore_ignored() throws IOException {
    assertThat(request("\r\nGET / HTTP/1.1\r\n\r\n").target()).isEqualTo("/");
    assertThat(reader("\r\n").requestHead()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"G", "GET / HTTP/1.1", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\na: b\r\n", "\r"})
  void requestHead_closedWithin_eof(String wire) {
    assertThatThrownBy(() -> request(wire)).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1 \r\n\r\n",
        " GET / HTTP/1.1\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n",
        "GET\t/ HTTP/1.1\r\n\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/1.2\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n",
        "GET / http/1.1\r\n\r\n",
        "GET / HTTP/1.1x\r\n\r\n",
        "G(T / HTTP/1.1\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\n\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\n\r\n\r\n",
        "GET / HTTP/1.1\n\n",
        "GET / HTTP/1.1\r\na: b\n\r\n",
        "GET / HTTP/1.1\r\na: b\rc: d\r\n\r\n",
        "GET / HTTP/1.1\r\na: b\r\r\n\r\n",
        "GET / HTTP/1.1\r\na : b\r\n\r\n",
        "GET / HTTP/1.1\r\na\t: b\r\n\r\n",
        "GET / HTTP/1.1\r\n a: b\r\n\r\n",
        "GET / HTTP/1.1\r\na: b\r\n c\r\n\r\n",
        "GET / HTTP/1.1\r\na: b\r\n\tc\r\n\r\n",
        "GET / HTTP/1.1\r\nab\r\n\r\n",
        "GET / HTTP/1.1\r\n: b\r\n\r\n",
        "GET / HTTP/1.1\r\na: \u0000\r\n\r\n",
        "GET / HTTP/1.1\r\na: \u001b[0m\r\n\r\n",
        "GET / HTTP/1.1\r\na: \u007f\r\n\r\n",
        "GET / HTTP/1.1\r\n\u00e9: b\r\n\r\n",
      })
  void requestHead_brokenRules_malformed(String wire) {
    assertThatThrownBy(() -> request(wire)).isInstanceOf(MalformedHttpException.class);
  }

  @Test
  void requestHead_bareLineFeeds_refusedWithoutWaitingForMore() {
    // Without it, a client that ends its lines so would wait for an answer and we for a CRLF.
    PiecesInput input = PiecesInput.of("GET / HTTP/1.1\n", "must not be read");

    assertThatThrownBy(() -> new HttpReader(input).requestHead())
        .isInstanceOf(MalformedHttpException.class);
    assertThat(input.reads()).isEqualTo(1);
  }

  @Test
  void requestHead_64KiB_read() throws IOException {
    String start = "GET / HTTP/1.1\r\na: ";
    String fill = "x".repeat(64 * 1024 - start.length() - 4);

    assertThat(request(start + fill + "\r\n\r\n").headers().first("a")).contains(fill);
  }

  @Test
  void requestHead_over64KiB_malformedBeforeItIsHeldInMemory() {
    PiecesInput input =
        PiecesInput.every(1024, PiecesInput.latin1("GET / HTTP/1.1\r\na: " + "x".repeat(1 << 20)));

    assertThatThrownBy(() -> new HttpReader(input).requestHead())
        .isInstanceOf(MalformedHttpException.class);
    assertThat(input.reads()).isLessThanOrEqualTo(65);
  }

  @Test
  void requestHead_1000Fields_readAndOneMoreMalformed() throws IOException {
    String line = "GET / HTTP/1.1\r\n";

    assertThat(request(line + "a: b\r\n".repeat(1000) + "\r\n").headers().fields()).hasSize(1000);
    assertThatThrownBy(() -> request(line + "a: b\r\n".repeat(1001) + "\r\n"))
        .isInstanceOf(MalformedHttpException.class);
  }

  @Test
  void requestHead_malformed_messageRepeatsNothingOfIt() {
    assertThatThrownBy(() -> request("GET / HTTP/1.1\r\nAuthorization : secret-key\r\n\r\n"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void requestHead_timesOutAtEveryByte_nothingIsLost() throws IOException {
    byte[] wire =
        PiecesInput.latin1(
            "\r\n"
                + "POST / HTTP/1.1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "2\r\n"
                + "ab\r\n"
                + "1\r\n"
                + "c\r\n"
                + "0\r\n"
                + "t: u\r\n\r\n");
    HttpReader reader = new HttpReader(PiecesInput.everyWithTimeouts(1, wire));

    RequestHead head = untilDone(reader::requestHead);
    assertThat(head.method()).isEqualTo("POST");
    BodyInput body = reader.requestBody(head);
    StringBuilder read = new StringBuilder();
    byte[] one = new byte[1];
    while (untilDone(() -> body.read(one, 0, 1)) > 0) {
      read.append((char) one[0]);
    }
    assertThat(read).hasToString("abc");
    assertThat(body.trailers()).isEqualTo(Headers.of("t", "u"));
  }

  @Test
  void responseHead_withAndWithoutReason_read() throws IOException {
    assertThat(response("HTTP/1.1 200 All is well\r\na: b\r\n\r\n"))
        .isEqualTo(new ResponseHead(200, "All is well", Headers.of("a", "b")));
    assertThat(response("HTTP/1.1 529 \r\n\r\n"))
        .isEqualTo(new ResponseHead(529, "", Headers.NONE));
    assertThat(response("HTTP/1.0 200\r\n\r\n").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 +20 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200 O\u0000K\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\na: b\r\n folded\r\n\r\n",
      })
  void responseHead_brokenRules_malformed(String wire) {
    assertThatThrownBy(() -> response(wire)).isInstanceOf(MalformedHttpException.class);
  }

  @Test
  void responseHead_closedBeforeTheFirstByte_eof() {
    assertThatThrownBy(() -> response("")).isInstanceOf(EOFException.class);
  }

  @Test
  void responseHead_interimFirst_bothRead() throws IOException {
    HttpReader reader =
        reader("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");

    assertThat(reader.responseHead().status()).isEqualTo(100);
    assertThat(reader.responseHead().status()).isEqualTo(200);
  }

  @Test
  void awaitByte_peerClosed_false() throws IOException {
    assertThat(reader("").awaitByte()).isFalse();
  }

  @Test
  void awaitByte_aByteCame_stillThereForTheHead() throws IOException {
    HttpReader reader = reader("GET / HTTP/1.1\r\n\r\n");

    assertThat(reader.awaitByte()).isTrue();
    assertThat(reader.requestHead().target()).isEqualTo("/");
  }

  private interface Attempt<T> {
    T make() throws IOException;
  }

  private static <T> T untilDone(Attempt<T> attempt) throws IOException {
    while (true) {
      try {
        return attempt.make();
      } catch (SocketTimeoutException e) {
        continue;
      }
    }
  }

  private static HttpReader reader(String wire) {
    return new HttpReader(PiecesInput.of(wire));
  }

  private static RequestHead request(String wire) throws IOException {
    return reader(wire).requestHead();
  }

  private static ResponseHead response(String wire) throws IOException {
    return reader(wire).responseHead();
  }
}
