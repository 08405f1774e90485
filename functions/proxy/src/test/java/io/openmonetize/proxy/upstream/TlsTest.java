package io.openmonetize.proxy.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openmonetize.events.Provider;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.upstream.UpstreamException.Kind;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are checked, and whether they are for the host that was meant. */
final class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void send_rightCertificate_isSpokenToAndKept() throws Exception {
    SSLContext tls = context("dns:localhost,ip:127.0.0.1");
    try (var provider = server(tls);
        var upstream = upstream(provider, tls)) {
      assertThat(call(upstream)).isEqualTo("one");
      assertThat(call(upstream)).isEqualTo("two");
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  @Test
  void send_certificateOfAnotherHost_isUnreachable() throws Exception {
    SSLContext tls = context("dns:api.example.com");
    try (var provider = server(tls);
        var upstream = upstream(provider, tls)) {
      assertUnreachable(upstream);
      assertThat(provider.targets()).isEmpty();
    }
  }

  @Test
  void send_certificateThatNobodyTrusts_isUnreachable() throws Exception {
    try (var provider = server(context("dns:localhost,ip:127.0.0.1"));
        var upstream = upstream(provider, SSLContext.getDefault())) {
      assertUnreachable(upstream);
      assertThat(provider.targets()).isEmpty();
    }
  }

  @Test
  void send_peerThatDoesNotShakeHands_isUnreachableInTime() throws Exception {
    try (var provider = new ProviderDouble(peer -> peer.awaitEnd());
        var upstream = upstream(provider, context("dns:localhost"), Duration.ofMillis(300))) {
      assertUnreachable(upstream);
    }
  }

  @Test
  void send_peerThatShakesHandsForEver_isUnreachableInTime() throws Exception {
    try (var provider = new ProviderDouble(peer -> trickle(peer));
        var upstream = upstream(provider, context("dns:localhost"), Duration.ofMillis(600))) {
      assertUnreachable(upstream);
    }
  }

  @Test
  void send_callWithLessTimeThanConnectingMayTake_isUnreachableInTime() throws Exception {
    try (var provider = new ProviderDouble(peer -> peer.awaitEnd());
        var upstream = upstream(provider, context("dns:localhost"), Duration.ofMinutes(10))) {
      var request = new UpstreamRequest(Provider.OPENAI, "GET", "/", "", Headers.NONE, new byte[0]);
      Instant end = Instant.now().plusMillis(300);
      UpstreamException failure =
          catchThrowableOfType(UpstreamException.class, () -> upstream.send(request, end, end));
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  /** A record of TLS that says it is long, and comes byte by byte for a minute. */
  private static void trickle(ProviderDouble.Peer peer) throws IOException, InterruptedException {
    peer.send("\u0016\u0003\u0003\u0040\u0000");
    for (int i = 0; i < 600; i++) {
      peer.send("x");
      Thread.sleep(100);
    }
  }

  private static void assertUnreachable(Upstream upstream) {
    UpstreamException failure = catchThrowableOfType(UpstreamException.class, () -> call(upstream));
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
  }

  private static ProviderDouble server(SSLContext tls) throws Exception {
    ServerSocket listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new ProviderDouble(
        listener, peer -> peer.readRequest().ok("one").readRequest().ok("two").awaitEnd());
  }

  private static SocketUpstream upstream(ProviderDouble provider, SSLContext tls) {
    return upstream(provider, tls, Duration.ofSeconds(20));
  }

  private static SocketUpstream upstream(
      ProviderDouble provider, SSLContext tls, Duration connectWithin) {
    Origin origin = Origin.of(URI.create("https://127.0.0.1:" + provider.port()));
    return new SocketUpstream(
        Map.of(Provider.OPENAI, origin),
        new Connector(tls, connectWithin),
        8,
        Duration.ofSeconds(30),
        Clock.systemUTC(),
        new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, Clock.systemUTC()));
  }

  private static String call(Upstream upstream) throws UpstreamException {
    var request = new UpstreamRequest(Provider.OPENAI, "GET", "/", "", Headers.NONE, new byte[0]);
    Instant end = Instant.now().plusSeconds(30);
    try (UpstreamAnswer answer = upstream.send(request, end, end)) {
      byte[] buffer = new byte[100];
      String body = new String(buffer, 0, Math.max(0, answer.read(buffer)), UTF_8);
      assertThat(answer.read(buffer)).isEqualTo(-1);
      return body;
    }
  }

  /** Has a certificate of its own for these names, and trusts it. */
  private SSLContext context(String names) throws Exception {
    Path file = folder.resolve(names.replaceAll("\\W", "_") + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-validity",
                "2",
                "-ext",
                "SAN=" + names,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", store.getCertificate("test"));
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
