package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWriterTest {
  private final RecordingOutput out = new RecordingOutput();
  private final HttpWriter writer = new HttpWriter(out);

  @Test
  void requestHead_fields_oneWriteInOrder() throws IOException {
    writer.requestHead(new RequestHead("GET", "/a?b=%20", Headers.of("Host", "h", "x", "\u00e9")));

    assertThat(out.writes())
        .containsExactly("GET /a?b=%20 HTTP/1.1\r\nHost: h\r\nx: \u00e9\r\n\r\n");
  }

  @Test
  void responseHead_withoutReason_spaceKept() throws IOException {
    writer.responseHead(new ResponseHead(529, "", Headers.NONE));

    assertThat(out.writes()).containsExactly("HTTP/1.1 529 \r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nb: c", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "a\u0100b", "\u560d\u560a"})
  void requestHead_valueThatWouldEndItsLine_refusedAndNothingWritten(String value) {
    assertThatThrownBy(() -> writer.requestHead(get("/", Headers.of("x", value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(value);
    assertThat(out.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "a\r\n", "a\u0000", "\u00e9", "a\t"})
  void requestHead_nameThatIsNoToken_refused(String name) {
    assertThatThrownBy(() -> writer.requestHead(get("/", Headers.of(name, "v"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a b", "/a\r\n", "/a\u0000", "/\u00e9", "/\t"})
  void requestHead_targetWithMoreThanVisibleAscii_refused(String target) {
    assertThatThrownBy(() -> writer.requestHead(get(target, Headers.NONE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /", "G\r\nT"})
  void requestHead_methodThatIsNoToken_refused(String method) {
    assertThatThrownBy(() -> writer.requestHead(new RequestHead(method, "/", Headers.NONE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void responseHead_reasonThatWouldEndItsLine_refused() {
    assertThatThrownBy(() -> writer.responseHead(new ResponseHead(200, "a\r\nb", Headers.NONE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.writes()).isEmpty();
  }

  @Test
  void request_smallBody_headAndBodyInOneWriteWithItsLength() throws IOException {
    writer.request(
        new RequestHead("POST", "/", Headers.of("Host", "h")), PiecesInput.latin1("hello"));

    assertThat(out.writes())
        .containsExactly("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
  }

  @Test
  void request_largeBody_unaltered() throws IOException {
    byte[] large = PiecesInput.latin1("0123456789".repeat(10_000));

    writer.request(new RequestHead("POST", "/", Headers.NONE), large);

    assertThat(out.wire())
        .endsWith("\r\nContent-Length: 100000\r\n\r\n" + "0123456789".repeat(10_000));
  }

  @Test
  void request_emptyBody_lengthOnlyWhereTheMethodHasOne() throws IOException {
    writer.request(get("/", Headers.NONE), new byte[0]);
    writer.request(new RequestHead("POST", "/", Headers.NONE), new byte[0]);

    assertThat(out.writes())
        .containsExactly("GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  void request_ownLength_keptAsSpelled() throws IOException {
    Headers headers = Headers.of("content-length", "2", "a", "b");

    writer.request(new RequestHead("POST", "/", headers), new byte[] {'x', 'y'});

    assertThat(out.writes())
        .containsExactly("POST / HTTP/1.1\r\ncontent-length: 2\r\na: b\r\n\r\nxy");
  }

  @Test
  void request_headFramesAnotherBody_refused() {
    for (Headers headers :
        new Headers[] {
          Headers.of("Content-Length", "3"),
          Headers.of("Content-Length", "2", "Content-Length", "3"),
          Headers.of("Transfer-Encoding", "chunked")
        }) {
      assertThatThrownBy(() -> writer.request(new RequestHead("POST", "/", headers), new byte[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(out.writes()).isEmpty();
  }

  @Test
  void chunked_headAndFirstChunk_areOneWrite() throws IOException {
    writer
        .chunked()
        .write(
            new RequestHead("POST", "/", Headers.of("Transfer-Encoding", "chunked")),
            PiecesInput.latin1("0123456789abcdef"));

    assertThat(out.writes())
        .containsExactly(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 4077, 4096, 65_536, 65_537})
  void chunked_lastBytesAndEnd_areOneWrite(int size) throws IOException {
    String data = "x".repeat(size);
    ChunkedOutput body = writer.chunked();

    body.end(PiecesInput.latin1(data), 0, size);
    body.end();

    assertThat(out.writes())
        .containsExactly(Integer.toHexString(size) + "\r\n" + data + "\r\n0\r\n\r\n");
    assertThatThrownBy(() -> body.end(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 15, 16, 255, 256, 4096, 65_535, 65_536, 65_537, 1_000_000})
  void chunked_anySize_oneWriteForAChunk(int size) throws IOException {
    String data = "x".repeat(size);

    writer.chunked().write(PiecesInput.latin1(data), 0, size);

    assertThat(out.writes())
        .containsExactly(String.format(Locale.ROOT, "%x\r\n%s\r\n", size, data));
  }

  @Test
  void chunked_severalSizes_bufferHoldsNothingOfTheOneBefore() throws IOException {
    ChunkedOutput body = writer.chunked();
    body.write(PiecesInput.latin1("abcdefghijklmnopqrst"), 0, 20);
    body.write(PiecesInput.latin1("xyz"), 1, 1);
    body.end();

    assertThat(out.writes())
        .containsExactly("14\r\nabcdefghijklmnopqrst\r\n", "1\r\ny\r\n", "0\r\n\r\n");
  }

  @Test
  void chunked_lengthZero_notTheEnd() throws IOException {
    writer.chunked().write(new byte[4], 2, 0);

    assertThat(out.writes()).isEmpty();
  }

  @Test
  void chunked_trailers_afterTheLastChunkInOneWrite() throws IOException {
    writer.chunked().end(Headers.of("a", "b", "c", "d"));

    assertThat(out.writes()).containsExactly("0\r\na: b\r\nc: d\r\n\r\n");
  }

  @Test
  void chunked_trailerThatWouldEndItsLine_refusedAndTheBodyCanStillEnd() throws IOException {
    ChunkedOutput body = writer.chunked();

    assertThatThrownBy(() -> body.end(Headers.of("a", "b\r\n\r\n")))
        .isInstanceOf(IllegalArgumentException.class);
    body.end();

    assertThat(out.writes()).containsExactly("0\r\n\r\n");
  }

  @Test
  void chunked_afterTheEnd_writeIsRefusedAndEndDoesNothing() throws IOException {
    ChunkedOutput body = writer.chunked();
    body.end();
    body.end(Headers.of("a", "b"));

    assertThatThrownBy(() -> body.write(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(out.writes()).containsExactly("0\r\n\r\n");
  }

  private static RequestHead get(String target, Headers headers) {
    return new RequestHead("GET", target, headers);
  }
}
