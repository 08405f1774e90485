package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body ends. Two readers that disagree on it are how requests are smuggled. */
class FramingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Content-Length: 4",
        "Content-Length: 4|content-length: 5",
        "Content-Length: 4, 5",
        "Content-Length: 4,",
        "Content-Length: ,4",
        "Content-Length:",
        "Content-Length: +4",
        "Content-Length: -4",
        "Content-Length: 4 4",
        "Content-Length: 0x4",
        "Content-Length: 4.0",
        "Content-Length: 9999999999999999999",
        "Content-Length: \u0664",
        "Content-Length: 4|Content-Length: 04",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding: chunked;a=b",
        "Transfer-Encoding:",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "Transfer-Encoding: identity|Transfer-Encoding: chunked",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "X: y\u000bTransfer-Encoding: chunked",
        "Transfer-Encoding: \u000bchunked",
      })
  void requestBody_readersMightDisagree_malformed(String fields) {
    String wire = "POST / HTTP/1.1\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n0\r\n\r\n";
    HttpReader reader = reader(wire);

    assertThatThrownBy(() -> reader.requestBody(reader.requestHead()))
        .isInstanceOf(MalformedHttpException.class);
  }

  @Test
  void requestBody_chunkedInHttp10_malformed() {
    HttpReader reader = reader("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    assertThatThrownBy(() -> reader.requestBody(reader.requestHead()))
        .isInstanceOf(MalformedHttpException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4",
        "Content-Length: 4|Content-Length: 4",
        "Content-Length: 4, 4",
        "content-LENGTH:4"
      })
  void requestBody_oneLength_read(String fields) throws IOException {
    HttpReader reader =
        reader("POST / HTTP/1.1\r\n" + fields.replace("|", "\r\n") + "\r\n\r\nbodyGET /");

    assertThat(reader.requestBody(reader.requestHead()).readAll(10)).asString().isEqualTo("body");
  }

  @Test
  void requestBody_neitherField_empty() throws IOException {
    HttpReader reader = reader("POST / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    BodyInput body = reader.requestBody(reader.requestHead());

    assertThat(body.complete()).isTrue();
    assertThat(body.read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"100,false", "103,false", "204,false", "304,false", "200,true", "404,true"})
  void responseBody_statusOrHeadForbidsOne_empty(int status, boolean toHead) throws IOException {
    HttpReader reader = reader("HTTP/1.1 " + status + " X\r\nContent-Length: 4\r\n\r\nnext");
    BodyInput body = reader.responseBody(reader.responseHead(), toHead);

    assertThat(body.read()).isEqualTo(-1);
    assertThat(body.complete()).isTrue();
  }

  @Test
  void responseBody_neitherField_untilClose() throws IOException {
    HttpReader reader = reader("HTTP/1.1 200 OK\r\n\r\nto the very end");
    ResponseHead head = reader.responseHead();
    BodyInput body = reader.responseBody(head, false);

    assertThat(body.complete()).isFalse();
    assertThat(body.readAll(100)).asString().isEqualTo("to the very end");
    assertThat(body.complete()).isTrue();
    assertThat(reader.keepAlive(head.headers())).isFalse();
  }

  @Test
  void responseBody_bothFields_chunkedAndTheConnectionIsNotKept() throws IOException {
    HttpReader reader =
        reader(
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nbody\r\n0\r\n\r\n");
    ResponseHead head = reader.responseHead();

    assertThat(reader.responseBody(head, false).readAll(10)).asString().isEqualTo("body");
    assertThat(reader.keepAlive(head.headers())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4|Content-Length: 5",
        "Content-Length: x",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity"
      })
  void responseBody_readersMightDisagree_malformed(String fields) {
    HttpReader reader =
        reader("HTTP/1.1 200 OK\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n0\r\n\r\n");

    assertThatThrownBy(() -> reader.responseBody(reader.responseHead(), false))
        .isInstanceOf(MalformedHttpException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1,a: b,true",
    "HTTP/1.1,Connection: keep-alive,true",
    "HTTP/1.1,Connection: close,false",
    "HTTP/1.1,'connection: TE, Close',false",
    "HTTP/1.0,Connection: keep-alive,false"
  })
  void keepAlive_connectionField_decides(String version, String field, boolean kept)
      throws IOException {
    HttpReader reader = reader(version + " 200 OK\r\n" + field + "\r\nContent-Length: 0\r\n\r\n");
    ResponseHead head = reader.responseHead();
    reader.responseBody(head, false);

    assertThat(reader.keepAlive(head.headers())).isEqualTo(kept);
  }

  private static HttpReader reader(String wire) {
    return new HttpReader(PiecesInput.of(wire));
  }
}
