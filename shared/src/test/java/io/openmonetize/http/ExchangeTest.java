package io.openmonetize.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openmonetize.http.ExchangeException.Kind;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One exchange: heads and bodies as they came, whole or honestly broken. */
final class ExchangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Wire wire;

  private final PooledClient client =
      new PooledClient(
          wire.connector(),
          new ConnectionPool(8, PATIENCE, Clock.systemUTC()),
          Clock.systemUTC(),
          (origin, cause) -> {});

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    wire = new Wire(folder);
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void read_bodyShorterThanItsLength_isBroken(Wire.Kind kind) throws Exception {
    broken(kind, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none");
  }

  @ParameterizedTest
  @EnumSource
  void read_bodyEndsWithinAChunk_isBroken(Wire.Kind kind) throws Exception {
    broken(kind, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\none");
  }

  @ParameterizedTest
  @EnumSource
  void read_bodyEndsBetweenChunks_isBroken(Wire.Kind kind) throws Exception {
    broken(kind, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void read_bodyEndsBeforeTheLastEmptyLine_isBroken(Wire.Kind kind) throws Exception {
    broken(kind, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n");
  }

  @Test
  void read_bodyEndedByTheConnectionInPlain_isWhole() throws Exception {
    assertThat(bodyOf(Wire.Kind.PLAIN, "HTTP/1.1 200 OK\r\n\r\none")).isEqualTo("one");
  }

  /** The AWS Common Runtime would take it for an empty one. */
  @Test
  void send_bodyEndedByTheConnectionOverTls_isBroken() throws Exception {
    try (var server =
        wire.server(Wire.Kind.TLS, peer -> peer.readRequest().send("HTTP/1.1 200 OK\r\n\r\none"))) {
      ExchangeException failure =
          catchThrowableOfType(
              ExchangeException.class, () -> send(Wire.Kind.TLS, server, "GET", Headers.NONE));
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
      assertThat(failure.getCause()).hasMessageContaining("neither a length nor chunks");
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_chunkSizesOfAllForms_areUnderstood(Wire.Kind kind) throws Exception {
    assertThat(
            bodyOf(
                kind,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                    + "0003;name=value\r\none\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n"))
        .isEqualTo("one0123456789");
  }

  @ParameterizedTest
  @EnumSource
  void read_lengthAndChunks_isNotGuessed(Wire.Kind kind) throws Exception {
    try (var server =
        wire.server(
            kind,
            peer ->
                peer.readRequest()
                    .send(
                        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked"
                            + "\r\n\r\n3\r\none\r\n0\r\n\r\n")
                    .awaitEnd())) {
      String body = "";
      try (Answer answer = send(kind, server, "GET", Headers.NONE)) {
        body = text(answer);
      } catch (ExchangeException e) {
        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
        body = "one";
      }
      assertThat(body).isEqualTo("one");
      assertThat(server.sawEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_eachPiece_comesAtOnce(Wire.Kind kind) throws Exception {
    Semaphore read = new Semaphore(0);
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  for (int i = 0; i < 20; i++) {
                    peer.send("2\r\n" + (i + 10) + "\r\n");
                    // The next piece is not sent before this one was read.
                    read.acquire();
                  }
                  peer.send("0\r\n\r\n");
                });
        Answer answer = send(kind, server, "GET", Headers.NONE)) {
      byte[] buffer = new byte[100];
      for (int i = 0; i < 20; i++) {
        assertThat(answer.read(buffer)).isEqualTo(2);
        assertThat(new String(buffer, 0, 2, UTF_8)).isEqualTo(Integer.toString(i + 10));
        read.release();
      }
      assertThat(answer.read(buffer)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_twoChunksInOneSegment_staySeparate(Wire.Kind kind) throws Exception {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n";
    try (var server = wire.server(kind, peer -> peer.readRequest().send(chunked).awaitEnd());
        Answer answer = send(kind, server, "GET", Headers.NONE)) {
      byte[] buffer = new byte[100];
      assertThat(answer.read(buffer)).isEqualTo(3);
      assertThat(answer.read(buffer)).isEqualTo(3);
      assertThat(answer.read(buffer)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_largeBody_isByteIdentical(Wire.Kind kind) throws Exception {
    byte[] body = new byte[5_000_000];
    new Random(3).nextBytes(body);
    String text = new String(body, ISO_8859_1);
    try (var server =
            wire.server(
                kind,
                peer ->
                    peer.readRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n")
                        .send(text)
                        .awaitEnd());
        Answer answer = send(kind, server, "GET", Headers.NONE)) {
      assertThat(bytes(answer)).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_slowReader_holdsTheServerBack(Wire.Kind kind) throws Exception {
    AtomicLong sent = new AtomicLong();
    String piece = "x".repeat(64 * 1024);
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 134217728\r\n\r\n");
                  for (int i = 0; i < 2048; i++) {
                    peer.send(piece);
                    sent.addAndGet(piece.length());
                  }
                });
        Answer answer = send(kind, server, "GET", Headers.NONE)) {
      assertThat(answer.read(new byte[1])).isEqualTo(1);
      long before;
      do {
        before = sent.get();
        Thread.sleep(500);
      } while (sent.get() != before);
      // The kernel's buffers on both sides take some megabytes; the rest of 128 waits.
      assertThat(sent.get()).isLessThan(32L * 1024 * 1024);
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_slowReaderLeaves_closesTheConnection(Wire.Kind kind) throws Exception {
    String piece = "x".repeat(64 * 1024);
    var ended = new Semaphore(0);
    try (var server =
        wire.server(
            kind,
            peer -> {
              peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 134217728\r\n\r\n");
              try {
                for (int i = 0; i < 2048; i++) {
                  peer.send(piece);
                }
              } finally {
                ended.release();
              }
            })) {
      try (Answer answer = send(kind, server, "GET", Headers.NONE)) {
        assertThat(answer.read(new byte[1])).isEqualTo(1);
        Thread.sleep(500);
      }
      assertThat(ended.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_interimAnswers_areSkipped(Wire.Kind kind) throws Exception {
    assertThat(
            bodyOf(
                kind,
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"))
        .isEqualTo("one");
  }

  @ParameterizedTest
  @EnumSource
  void send_interimAnswerSecondsAhead_leavesItsFieldsOut(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().send("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n");
                  Thread.sleep(300);
                  peer.ok("one").awaitEnd();
                });
        Answer answer = send(kind, server, "GET", Headers.NONE)) {
      assertThat(answer.head().status()).isEqualTo(200);
      assertThat(answer.head().headers().contains("a")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_head_hasNoBodyAndKeepsItsConnection(Wire.Kind kind) throws Exception {
    noBody(kind, "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
    noBody(kind, "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void send_answersThatHaveNoBody_keepTheirConnection(Wire.Kind kind) throws Exception {
    noBody(kind, "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    noBody(kind, "DELETE", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void send_statusesThatHaveNoBody_areWhole(Wire.Kind kind) throws Exception {
    for (String status : new String[] {"204 No Content", "304 Not Modified"}) {
      try (var server =
              wire.server(
                  kind,
                  peer -> peer.readRequest().send("HTTP/1.1 " + status + "\r\n\r\n").awaitEnd());
          Answer answer = send(kind, server, "GET", Headers.NONE)) {
        assertThat(answer.read(new byte[10])).isEqualTo(-1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_headerBytes_goOutAndComeInAsTheyAre(Wire.Kind kind) throws Exception {
    String odd = "a\u00e9\u00ff\u0080\tb";
    try (var server =
            wire.server(
                kind,
                peer ->
                    peer.readRequest()
                        .send("HTTP/1.1 200 OK\r\nX-Odd: " + odd + " \r\nSet-Cookie: 1\r\n")
                        .send("set-cookie: 2\r\nContent-Length: 0\r\n\r\n")
                        .awaitEnd());
        Answer answer = send(kind, server, "GET", Headers.of("X-Odd", odd, "a", "1", "a", "2"))) {
      ResponseHead head = answer.head();
      assertThat(head.headers().first("x-odd")).contains(odd);
      assertThat(head.headers().all("set-cookie")).containsExactly("1", "2");
      Headers sent = server.heads().getFirst().headers();
      assertThat(sent.first("x-odd")).contains(odd);
      assertThat(sent.all("a")).containsExactly("1", "2");
      assertThat(sent.all("host")).containsExactly("127.0.0.1:" + server.port());
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_targetAndBody_goOutAsTheyAre(Wire.Kind kind) throws Exception {
    try (var server = wire.server(kind, peer -> peer.readHead().ok("").awaitEnd());
        Answer answer =
            client.send(
                new ClientRequest(
                    origin(kind, server), "POST", "/a|b{c}?q=[1]%2F", Headers.NONE, new byte[3]),
                inTime(),
                inTime())) {
      assertThat(answer.head().status()).isEqualTo(200);
      assertThat(server.targets()).containsExactly("/a|b{c}?q=[1]%2F");
      assertThat(server.heads().getFirst().headers().all("content-length")).containsExactly("3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_lineEndsInAHead_areRefusedBeforeAnythingIsSent(Wire.Kind kind) throws Exception {
    ProviderDouble.Script never = peer -> peer.readRequest().ok("never");
    var scripts = Collections.nCopies(9, never).toArray(new ProviderDouble.Script[0]);
    try (var server = wire.server(kind, scripts)) {
      for (String value : new String[] {"a\r\nX-Other: b", "a\nb", "a\rb", "a\0b"}) {
        assertThatThrownBy(() -> send(kind, server, "GET", Headers.of("x", value)))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> send(kind, server, "GET", Headers.of("x" + value, "1")))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(
              () ->
                  client.send(
                      new ClientRequest(
                          origin(kind, server), "GET", "/ HTTP/1.1\r\n", Headers.NONE, new byte[0]),
                      inTime(),
                      inTime()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.targets()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_headOfMoreThan64KiB_isBroken(Wire.Kind kind) throws Exception {
    String field = "X-Long: " + "x".repeat(1000) + "\r\n";
    try (var server =
        wire.server(
            kind,
            peer ->
                peer.readRequest()
                    .send("HTTP/1.1 200 OK\r\n" + field.repeat(80) + "\r\n")
                    .awaitEnd())) {
      ExchangeException failure =
          catchThrowableOfType(
              ExchangeException.class, () -> send(kind, server, "GET", Headers.NONE));
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_earlyAnswerToALargeBody_isTheAnswer(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readHead()
                      .send("HTTP/1.1 413 Too Large\r\nConnection: close\r\n")
                      .send("Content-Length: 5\r\n\r\nlarge");
                  // Takes none of the body; a close would be a reset, and could lose the answer.
                  peer.shutAfter(Duration.ofSeconds(2));
                });
        Answer answer =
            client.send(
                new ClientRequest(
                    origin(kind, server), "POST", "/", Headers.NONE, new byte[64 * 1024 * 1024]),
                inTime(),
                inTime())) {
      assertThat(answer.head().status()).isEqualTo(413);
      assertThat(text(answer)).isEqualTo("large");
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_largeRequestBody_isByteIdentical(Wire.Kind kind) throws Exception {
    byte[] body = new byte[5_000_000];
    new Random(4).nextBytes(body);
    try (var server = wire.server(kind, peer -> peer.readRequest().ok("").awaitEnd());
        Answer answer =
            client.send(
                new ClientRequest(origin(kind, server), "POST", "/", Headers.NONE, body),
                inTime(),
                inTime())) {
      assertThat(answer.head().status()).isEqualTo(200);
      assertThat(server.bodies().getFirst()).isEqualTo(body);
    }
  }

  private void broken(Wire.Kind kind, String message) throws Exception {
    try (var server = wire.server(kind, peer -> peer.readRequest().send(message))) {
      try (Answer answer = send(kind, server, "GET", Headers.NONE)) {
        ExchangeException failure =
            catchThrowableOfType(ExchangeException.class, () -> text(answer));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
      }
    }
  }

  private String bodyOf(Wire.Kind kind, String message) throws Exception {
    try (var server = wire.server(kind, peer -> peer.readRequest().send(message));
        Answer answer = send(kind, server, "GET", Headers.NONE)) {
      return text(answer);
    }
  }

  private void noBody(Wire.Kind kind, String method, String message) throws Exception {
    try (var server =
        wire.server(
            kind, peer -> peer.readRequest().send(message).readRequest().ok("two").awaitEnd())) {
      try (Answer answer = send(kind, server, method, Headers.NONE)) {
        assertThat(answer.read(new byte[10])).isEqualTo(-1);
      }
      try (Answer answer = send(kind, server, "GET", Headers.NONE)) {
        assertThat(text(answer)).isEqualTo("two");
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private Answer send(Wire.Kind kind, ProviderDouble server, String method, Headers headers)
      throws ExchangeException {
    return client.send(
        new ClientRequest(origin(kind, server), method, "/", headers, new byte[0]),
        inTime(),
        inTime());
  }

  private static Origin origin(Wire.Kind kind, ProviderDouble server) {
    return Wire.origin(kind, server.port());
  }

  private static Instant inTime() {
    return Instant.now().plus(PATIENCE);
  }

  private static String text(Answer answer) throws ExchangeException {
    return new String(bytes(answer), UTF_8);
  }

  private static byte[] bytes(Answer answer) throws ExchangeException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[10_000];
    for (int count; (count = answer.read(buffer)) >= 0; ) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }
}
