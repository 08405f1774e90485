package io.openmonetize.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openmonetize.http.ExchangeException.Kind;
import io.openmonetize.runtime.http1.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections: kept, found dead, broken, late. */
final class PooledClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(300);

  private static Wire wire;

  private final List<IOException> resent = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    wire = new Wire(folder);
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  @ParameterizedTest
  @EnumSource
  void send_twoCalls_shareAConnection(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind, peer -> peer.readRequest().ok("one").readRequest().ok("two").awaitEnd());
        var client = client()) {
      assertThat(call(client, origin(kind, server), "/1")).isEqualTo("one");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.targets()).containsExactly("/1", "/2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_chunkedAnswer_leavesTheConnectionInUse(Wire.Kind kind) throws Exception {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n";
    try (var server =
            wire.server(
                kind, peer -> peer.readRequest().send(chunked).readRequest().ok("two").awaitEnd());
        var client = client()) {
      assertThat(call(client, origin(kind, server), "/1")).isEqualTo("one");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_keptConnectionIsDead_sendsOnceMoreOnANewOne(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                // Takes the second request and resets: what an idle limit at the peer looks like
                // when it meets the request on its way.
                peer -> peer.readRequest().ok("one").readRequest().reset(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client()) {
      assertThat(call(client, origin(kind, server), "/1")).isEqualTo("one");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(server.targets()).containsExactly("/1", "/2", "/2");
      assertThat(resent).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_peerClosedWhileIdle_takesANewConnection(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> peer.readRequest().ok("one"),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client()) {
      assertThat(call(client, origin(kind, server), "/1")).isEqualTo("one");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(server.targets()).containsExactly("/1", "/2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_manyCallsAtOnce_getTheirOwnAnswers(Wire.Kind kind) throws Exception {
    ProviderDouble.Script echo =
        peer -> {
          while (true) {
            peer.readRequest().ok(peer.target());
          }
        };
    var scripts = Collections.nCopies(200, echo).toArray(new ProviderDouble.Script[0]);
    List<String> wrong = new CopyOnWriteArrayList<>();
    try (var server = wire.server(kind, scripts);
        var client = client()) {
      Origin origin = origin(kind, server);
      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int caller = 0; caller < 20; caller++) {
          String path = "/" + caller + "-";
          callers.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  String answer = call(client, origin, path + i);
                  if (!answer.equals(path + i)) {
                    wrong.add(answer);
                  }
                }
                return null;
              });
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(server.targets()).hasSize(200).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_newConnectionBreaks_isNotSentAgain(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> peer.readRequest().ok("one").readRequest().reset(),
                peer -> peer.readRequest().reset(),
                peer -> peer.readRequest().ok("never"));
        var client = client()) {
      call(client, origin(kind, server), "/1");
      assertThat(failure(client, origin(kind, server), "/2")).isEqualTo(Kind.BROKEN);
      assertThat(server.targets()).containsExactly("/1", "/2", "/2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_keptConnectionBreaksAfterTheFirstByte_isNotSentAgain(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().ok("one").readRequest().send("HTTP/1.1 2");
                  // A reset may overtake what was sent before it.
                  Thread.sleep(500);
                  peer.reset();
                },
                peer -> peer.readRequest().ok("never"));
        var client = client()) {
      call(client, origin(kind, server), "/1");
      assertThat(failure(client, origin(kind, server), "/2")).isEqualTo(Kind.BROKEN);
      assertThat(server.targets()).containsExactly("/1", "/2");
      assertThat(resent).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_keptConnectionBreaksLate_isNotSentAgain(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().ok("one").readRequest();
                  // The server was at work: asking again could be billed twice.
                  Thread.sleep(1_000);
                  peer.reset();
                },
                peer -> peer.readRequest().ok("never"));
        var client =
            new PooledClient(
                wire.connector(),
                new ConnectionPool(8, PATIENCE, Clock.systemUTC()),
                Clock.systemUTC(),
                (origin, cause) -> resent.add(cause))) {
      call(client, origin(kind, server), "/1");
      assertThat(failure(client, origin(kind, server), "/2")).isEqualTo(Kind.BROKEN);
      assertThat(server.targets()).containsExactly("/1", "/2");
      assertThat(resent).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_bytesAfterAnAnswer_areNotTheNextCallsAnswer(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> peer.readRequest().send(ok("one") + ok("somebody else's")).awaitEnd(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client()) {
      assertThat(call(client, origin(kind, server), "/1")).isEqualTo("one");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_bytesWhileIdle_areNotTheNextCallsAnswer(Wire.Kind kind) throws Exception {
    var unasked = new CountDownLatch(1);
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().ok("one");
                  unasked.await();
                  peer.send(ok("somebody else's"));
                  peer.awaitEnd();
                },
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client()) {
      assertThat(call(client, origin(kind, server), "/1")).isEqualTo("one");
      unasked.countDown();
      Thread.sleep(1_000);
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(resent).isEmpty();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_connectionClose_isHonoured(Wire.Kind kind) throws Exception {
    String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none";
    try (var server =
            wire.server(
                kind,
                peer -> peer.readRequest().send(closing).awaitEnd(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client()) {
      call(client, origin(kind, server), "/1");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_idleTooLong_takesANewConnection(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> peer.readRequest().ok("one").awaitEnd(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client(8, Duration.ZERO)) {
      call(client, origin(kind, server), "/1");
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_answerReadInPart_closesItsConnectionAtOnce(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none");
                  peer.awaitEnd();
                },
                peer -> peer.readRequest().ok("two").awaitEnd());
        var client = client()) {
      try (Answer answer = send(client, origin(kind, server), "/1", PATIENCE, PATIENCE)) {
        assertThat(answer.read(new byte[100])).isPositive();
      }
      assertThat(server.sawEnd()).isTrue();
      assertThat(call(client, origin(kind, server), "/2")).isEqualTo("two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_noHttp_isBroken(Wire.Kind kind) throws Exception {
    try (var server = wire.server(kind, peer -> peer.readRequest().send("SSH-2.0-x\r\n\r\n"));
        var client = client()) {
      assertThat(failure(client, origin(kind, server), "/1")).isEqualTo(Kind.BROKEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_nobodyThere_isUnreachable(Wire.Kind kind) throws Exception {
    // Bound and not listening: refuses, and nobody else can take the port meanwhile.
    try (Socket silent = new Socket();
        var client = client()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThat(failure(client, Wire.origin(kind, silent.getLocalPort()), "/1"))
          .isEqualTo(Kind.UNREACHABLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_noSuchHost_isUnreachable(Wire.Kind kind) {
    String scheme = kind == Wire.Kind.TLS ? "https" : "http";
    try (var client = client()) {
      Origin nowhere = Origin.of(URI.create(scheme + "://no-such-host.invalid"));
      assertThat(failure(client, nowhere, "/1")).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_noHeadInTime_timesOutAndClosesTheConnection(Wire.Kind kind) throws Exception {
    try (var server = wire.server(kind, peer -> peer.readRequest().awaitEnd());
        var client = client()) {
      Origin origin = origin(kind, server);
      ExchangeException failure =
          catchThrowableOfType(
              ExchangeException.class,
              () -> send(client, origin, "/1", Duration.ofSeconds(2), PATIENCE));
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(server.sawEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_peerTakesNoBytes_timesOut(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readHead();
                  Thread.sleep(PATIENCE);
                });
        var client = client()) {
      var request =
          new ClientRequest(
              origin(kind, server), "POST", "/1", Headers.NONE, new byte[64 * 1024 * 1024]);
      ExchangeException failure =
          catchThrowableOfType(
              ExchangeException.class,
              () -> client.send(request, Instant.now().plusSeconds(3), Instant.MAX));
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_timeUpWithinTheBody_timesOut(Wire.Kind kind) throws Exception {
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none");
                  peer.awaitEnd();
                });
        var client = client();
        Answer answer = send(client, origin(kind, server), "/1", PATIENCE, SOON)) {
      ExchangeException failure =
          catchThrowableOfType(ExchangeException.class, () -> readAll(answer));
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void abort_whileWaitingForTheHead_endsTheCall(Wire.Kind kind) throws Exception {
    Abort abort = new Abort();
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest();
                  abort.abort();
                  peer.awaitEnd();
                });
        var client = client()) {
      ClientRequest request = request(origin(kind, server), "/1");
      Instant end = Instant.now().plus(PATIENCE);
      ExchangeException failure =
          catchThrowableOfType(
              ExchangeException.class, () -> client.send(request, end, end, abort));
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
      assertThat(server.sawEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_interruptedOnAKeptConnection_isBrokenAndNotSentAgain(Wire.Kind kind) throws Exception {
    CompletableFuture<Thread> caller = new CompletableFuture<>();
    try (var server =
            wire.server(
                kind,
                peer -> {
                  peer.readRequest().ok("one").readRequest();
                  caller.join().interrupt();
                  peer.awaitEnd();
                },
                peer -> peer.readRequest().ok("never"));
        var client = client()) {
      Origin origin = origin(kind, server);
      assertThat(call(client, origin, "/1")).isEqualTo("one");
      CompletableFuture<Kind> failure = new CompletableFuture<>();
      // A virtual one: a platform thread's read of a plain socket takes no notice of interrupts.
      caller.complete(
          Thread.ofVirtual().start(() -> failure.complete(failure(client, origin, "/2"))));
      assertThat(failure.get(30, TimeUnit.SECONDS)).isEqualTo(Kind.BROKEN);
      assertThat(server.targets()).containsExactly("/1", "/2");
      assertThat(resent).isEmpty();
    }
  }

  @Test
  void abort_beforeTheCall_sendsNothing() throws Exception {
    Abort abort = new Abort();
    abort.abort();
    try (var server = wire.server(Wire.Kind.PLAIN, peer -> peer.readRequest().ok("never"));
        var client = client()) {
      ClientRequest request = request(origin(Wire.Kind.PLAIN, server), "/1");
      Instant end = Instant.now().plus(PATIENCE);
      ExchangeException failure =
          catchThrowableOfType(
              ExchangeException.class, () -> client.send(request, end, end, abort));
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
      assertThat(server.targets()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void send_moreIdleThanAllowed_keepsTheAllowedNumber(Wire.Kind kind) throws Exception {
    ProviderDouble.Script twice =
        peer -> peer.readRequest().ok("a").readRequest().ok("b").awaitEnd();
    try (var server = wire.server(kind, twice, twice, twice);
        var client = client(1, PATIENCE)) {
      Origin origin = origin(kind, server);
      try (Answer one = send(client, origin, "/1", PATIENCE, PATIENCE);
          Answer two = send(client, origin, "/2", PATIENCE, PATIENCE)) {
        readAll(one);
        readAll(two);
      }
      assertThat(call(client, origin, "/3")).isEqualTo("b");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static Origin origin(Wire.Kind kind, ProviderDouble server) {
    return Wire.origin(kind, server.port());
  }

  private static String call(PooledClient client, Origin origin, String path) throws Exception {
    try (Answer answer = send(client, origin, path, PATIENCE, PATIENCE)) {
      return readAll(answer);
    }
  }

  private static Kind failure(PooledClient client, Origin origin, String path) {
    return catchThrowableOfType(
            ExchangeException.class, () -> send(client, origin, path, PATIENCE, PATIENCE))
        .kind();
  }

  private static Answer send(
      PooledClient client, Origin origin, String path, Duration headWithin, Duration endWithin)
      throws ExchangeException {
    Instant now = Instant.now();
    return client.send(request(origin, path), now.plus(headWithin), now.plus(endWithin));
  }

  private static ClientRequest request(Origin origin, String path) {
    return new ClientRequest(origin, "POST", path, Headers.NONE, "{}".getBytes(UTF_8));
  }

  private static String readAll(Answer answer) throws ExchangeException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[2];
    for (int count; (count = answer.read(buffer)) >= 0; ) {
      all.write(buffer, 0, count);
    }
    return all.toString(UTF_8);
  }

  private PooledClient client() {
    return client(8, PATIENCE);
  }

  private PooledClient client(int idle, Duration idleLimit) {
    Clock clock = Clock.systemUTC();
    return new PooledClient(
        wire.connector(),
        new ConnectionPool(idle, idleLimit, clock),
        PATIENCE,
        clock,
        (origin, cause) -> resent.add(cause));
  }
}
