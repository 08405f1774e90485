package io.openmonetize.proxy.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openmonetize.events.Provider;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.upstream.UpstreamException.Kind;
import io.openmonetize.runtime.http1.Headers;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Connections: kept, found dead, broken, late. */
final class SocketUpstreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(300);

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log = new Log(logged, Log.Level.DEBUG, Clock.systemUTC());

  @Test
  void send_twoCalls_shareAConnection() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> {
                  peer.readRequest().ok("one").readRequest().ok("two").awaitEnd();
                });
        var upstream = upstream(provider)) {
      assertThat(call(upstream, "/1")).isEqualTo("one");
      assertThat(call(upstream, "/2")).isEqualTo("two");
      assertThat(provider.connections()).isEqualTo(1);
      assertThat(provider.targets()).containsExactly("/1", "/2");
    }
  }

  @Test
  void send_chunkedAnswer_leavesTheConnectionInUse() throws Exception {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n";
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().send(chunked).readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider)) {
      assertThat(call(upstream, "/1")).isEqualTo("one");
      assertThat(call(upstream, "/2")).isEqualTo("two");
    }
  }

  @Test
  void send_keptConnectionIsDead_sendsOnceMoreOnANewOne() throws Exception {
    try (var provider =
            new ProviderDouble(
                // Takes the second request and resets: what an idle limit at the peer looks like
                // when it meets the request on its way.
                peer -> peer.readRequest().ok("one").readRequest().reset(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider)) {
      assertThat(call(upstream, "/1")).isEqualTo("one");
      assertThat(call(upstream, "/2")).isEqualTo("two");
      assertThat(provider.targets()).containsExactly("/1", "/2", "/2");
      assertThat(logged.toString(UTF_8)).contains("upstream.resent").contains("OPENAI");
    }
  }

  @Test
  void send_newConnectionBreaks_isNotSentAgain() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().ok("one").readRequest().reset(),
                peer -> peer.readRequest().reset(),
                peer -> peer.readRequest().ok("never"));
        var upstream = upstream(provider)) {
      call(upstream, "/1");
      assertThat(failure(upstream, "/2")).isEqualTo(Kind.BROKEN);
      assertThat(provider.targets()).containsExactly("/1", "/2", "/2");
    }
  }

  @Test
  void send_keptConnectionBreaksAfterTheFirstByte_isNotSentAgain() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().ok("one").readRequest().send("HTTP/1.1 2").reset(),
                peer -> peer.readRequest().ok("never"));
        var upstream = upstream(provider)) {
      call(upstream, "/1");
      assertThat(failure(upstream, "/2")).isEqualTo(Kind.BROKEN);
      assertThat(provider.targets()).containsExactly("/1", "/2");
    }
  }

  @Test
  void send_keptConnectionBreaksLate_isNotSentAgain() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> {
                  peer.readRequest().ok("one").readRequest();
                  // The provider was at work: asking again could be billed twice.
                  Thread.sleep(1_000);
                  peer.reset();
                },
                peer -> peer.readRequest().ok("never"));
        var upstream =
            new SocketUpstream(
                origins(provider), connector(), 8, PATIENCE, Clock.systemUTC(), log)) {
      call(upstream, "/1");
      assertThat(failure(upstream, "/2")).isEqualTo(Kind.BROKEN);
      assertThat(provider.targets()).containsExactly("/1", "/2");
      assertThat(logged.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void send_bytesAfterAnAnswer_areNotTheNextCallsAnswer() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().send(ok("one") + ok("somebody else's")).awaitEnd(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider)) {
      assertThat(call(upstream, "/1")).isEqualTo("one");
      assertThat(call(upstream, "/2")).isEqualTo("two");
      assertThat(provider.connections()).isEqualTo(2);
    }
  }

  @Test
  void send_answerWithoutLength_endsWithTheConnection() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().send("HTTP/1.1 200 OK\r\n\r\none"),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider)) {
      assertThat(call(upstream, "/1")).isEqualTo("one");
      assertThat(call(upstream, "/2")).isEqualTo("two");
      assertThat(provider.targets()).containsExactly("/1", "/2");
    }
  }

  @Test
  void send_connectionClose_isHonoured() throws Exception {
    String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\none";
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().send(closing).awaitEnd(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider)) {
      call(upstream, "/1");
      assertThat(call(upstream, "/2")).isEqualTo("two");
      assertThat(provider.connections()).isEqualTo(2);
    }
  }

  @Test
  void send_idleTooLong_takesANewConnection() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> peer.readRequest().ok("one").awaitEnd(),
                peer -> peer.readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider, 8, Duration.ZERO)) {
      call(upstream, "/1");
      assertThat(call(upstream, "/2")).isEqualTo("two");
    }
  }

  @Test
  void close_answerReadInPart_dropsTheConnection() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> {
                  peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none");
                  peer.awaitEnd();
                },
                peer -> peer.readRequest().ok("two").awaitEnd());
        var upstream = upstream(provider)) {
      try (UpstreamAnswer answer = send(upstream, "/1", PATIENCE, PATIENCE)) {
        assertThat(answer.read(new byte[100])).isPositive();
      }
      assertThat(call(upstream, "/2")).isEqualTo("two");
    }
  }

  @Test
  void send_interimAnswers_areSkipped() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer ->
                    peer.readRequest()
                        .send(
                            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n")
                        .ok("one")
                        .awaitEnd());
        var upstream = upstream(provider)) {
      assertThat(call(upstream, "/1")).isEqualTo("one");
    }
  }

  @Test
  void send_noHttp_isBroken() throws Exception {
    try (var provider = new ProviderDouble(peer -> peer.readRequest().send("SSH-2.0-x\r\n\r\n"));
        var upstream = upstream(provider)) {
      assertThat(failure(upstream, "/1")).isEqualTo(Kind.BROKEN);
    }
  }

  @Test
  void send_nobodyThere_isUnreachable() throws Exception {
    // Bound and not listening: refuses, and nobody else can take the port meanwhile.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI base = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      SocketUpstream upstream = upstream(base, 8, PATIENCE);
      assertThat(failure(upstream, "/1")).isEqualTo(Kind.UNREACHABLE);
      upstream.close();
    }
  }

  @Test
  void send_noSuchHost_isUnreachable() {
    try (var upstream = upstream(URI.create("http://no-such-host.invalid"), 8, PATIENCE)) {
      assertThat(failure(upstream, "/1")).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void send_noHeadInTime_timesOut() throws Exception {
    try (var provider = new ProviderDouble(peer -> peer.readRequest().awaitEnd());
        var upstream = upstream(provider)) {
      UpstreamException failure =
          catchThrowableOfType(UpstreamException.class, () -> send(upstream, "/1", SOON, PATIENCE));
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void send_peerTakesNoBytes_timesOut() throws Exception {
    try (var provider = new ProviderDouble(peer -> Thread.sleep(PATIENCE));
        var upstream = upstream(provider)) {
      var request =
          new UpstreamRequest(
              Provider.OPENAI, "POST", "/1", "", Headers.NONE, new byte[64 * 1024 * 1024]);
      UpstreamException failure =
          catchThrowableOfType(
              UpstreamException.class,
              () -> upstream.send(request, Instant.now().plus(SOON), Instant.MAX));
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void read_timeUpWithinTheBody_timesOut() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer -> {
                  peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none");
                  peer.awaitEnd();
                });
        var upstream = upstream(provider);
        UpstreamAnswer answer = send(upstream, "/1", PATIENCE, SOON)) {
      UpstreamException failure =
          catchThrowableOfType(UpstreamException.class, () -> readAll(answer));
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void read_bodyBreaks_isBroken() throws Exception {
    try (var provider =
            new ProviderDouble(
                peer ->
                    peer.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\none"));
        var upstream = upstream(provider);
        UpstreamAnswer answer = send(upstream, "/1", PATIENCE, PATIENCE)) {
      UpstreamException failure =
          catchThrowableOfType(UpstreamException.class, () -> readAll(answer));
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
    }
  }

  @Test
  void send_moreIdleThanAllowed_keepsTheAllowedNumber() throws Exception {
    ProviderDouble.Script twice =
        peer -> peer.readRequest().ok("a").readRequest().ok("b").awaitEnd();
    try (var provider = new ProviderDouble(twice, twice, twice);
        var upstream = upstream(provider, 1, PATIENCE)) {
      try (UpstreamAnswer one = send(upstream, "/1", PATIENCE, PATIENCE);
          UpstreamAnswer two = send(upstream, "/2", PATIENCE, PATIENCE)) {
        readAll(one);
        readAll(two);
      }
      assertThat(call(upstream, "/3")).isEqualTo("b");
      assertThat(provider.connections()).isEqualTo(2);
    }
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String call(Upstream upstream, String path) throws Exception {
    try (UpstreamAnswer answer = send(upstream, path, PATIENCE, PATIENCE)) {
      return readAll(answer);
    }
  }

  private static Kind failure(Upstream upstream, String path) {
    return catchThrowableOfType(
            UpstreamException.class, () -> send(upstream, path, PATIENCE, PATIENCE))
        .kind();
  }

  private static UpstreamAnswer send(
      Upstream upstream, String path, Duration headWithin, Duration endWithin)
      throws UpstreamException {
    var request =
        new UpstreamRequest(Provider.OPENAI, "POST", path, "", Headers.NONE, "{}".getBytes(UTF_8));
    Instant now = Instant.now();
    return upstream.send(request, now.plus(headWithin), now.plus(endWithin));
  }

  private static String readAll(UpstreamAnswer answer) throws UpstreamException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[2];
    for (int count; (count = answer.read(buffer)) >= 0; ) {
      all.write(buffer, 0, count);
    }
    return all.toString(UTF_8);
  }

  private SocketUpstream upstream(ProviderDouble provider) {
    return upstream(provider, 8, PATIENCE);
  }

  private SocketUpstream upstream(ProviderDouble provider, int idle, Duration idleLimit) {
    return upstream(URI.create("http://127.0.0.1:" + provider.port()), idle, idleLimit);
  }

  private SocketUpstream upstream(URI base, int idle, Duration idleLimit) {
    Clock clock = Clock.systemUTC();
    return new SocketUpstream(
        Map.of(Provider.OPENAI, Origin.of(base)),
        connector(),
        new ConnectionPool(idle, idleLimit, clock),
        PATIENCE,
        clock,
        log);
  }

  private static Map<Provider, Origin> origins(ProviderDouble provider) {
    return Map.of(Provider.OPENAI, Origin.of(URI.create("http://127.0.0.1:" + provider.port())));
  }

  private static Connector connector() {
    try {
      return new Connector(SSLContext.getDefault(), Duration.ofSeconds(10));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
