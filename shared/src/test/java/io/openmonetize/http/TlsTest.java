package io.openmonetize.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.openmonetize.http.ExchangeException.Kind;
import io.openmonetize.local.parts.LocalCertificate;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Certificates are checked, and whether they are for the host that was meant. All at once, since
 * the runtime's TLS waits 10 to 30 seconds before it says why a handshake failed.
 */
@Execution(ExecutionMode.CONCURRENT)
final class TlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String REFUSED = "AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE";
  private static final String HERE = "dns:localhost,ip:127.0.0.1";

  @TempDir private Path folder;

  @Test
  void send_rightCertificate_isSpokenToAndKept() throws Exception {
    LocalCertificate certificate = certificate(HERE, 0);
    try (var server = server(certificate);
        var tls = trusting(certificate);
        var client = client(tls, PATIENCE)) {
      assertThat(call(client, server)).isEqualTo("one");
      assertThat(call(client, server)).isEqualTo("two");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void send_hostByItsName_isSpokenTo() throws Exception {
    LocalCertificate certificate = certificate("dns:localhost", 0);
    try (var server = server(certificate);
        var tls = trusting(certificate);
        var client = client(tls, PATIENCE)) {
      assertThat(call(client, URI.create("https://localhost:" + server.port()))).isEqualTo("one");
    }
  }

  @Test
  void send_oneOfManyAuthorities_isSpokenTo() throws Exception {
    LocalCertificate certificate = certificate(HERE, 0);
    LocalCertificate other = certificate("dns:api.example.com", 0);
    Path bundle = folder.resolve("two.pem");
    Files.writeString(
        bundle, "# a comment, as bundles have them\n" + pem(other) + pem(certificate));
    try (var server = server(certificate);
        var tls = CrtTls.start(bundle, 1);
        var client = client(tls, PATIENCE)) {
      assertThat(call(client, server)).isEqualTo("one");
    }
  }

  @Test
  void send_certificateOfAnotherHost_isUnreachable() throws Exception {
    refuses(certificate("dns:api.example.com", 0));
  }

  @Test
  void send_certificateOfAnotherAddress_isUnreachable() throws Exception {
    refuses(certificate("ip:127.0.0.2,dns:localhost", 0));
  }

  @Test
  void send_expiredCertificate_isUnreachable() throws Exception {
    refuses(certificate(HERE, 5));
  }

  @Test
  void send_certificateOfTheFuture_isUnreachable() throws Exception {
    refuses(certificate(HERE, -5));
  }

  @Test
  void send_certificateThatNobodyTrusts_isUnreachable() throws Exception {
    refuses(certificate(HERE, 0), certificate(HERE, 0));
  }

  @Test
  void send_peerWithOldTlsOnly_isUnreachable() throws Exception {
    try (var old = OldTlsServer.start(folder, "TLSv1.1");
        var tls = CrtTls.start(old.bundle(), 1);
        var client = client(tls, PATIENCE)) {
      ExchangeException failure =
          catchThrowableOfType(ExchangeException.class, () -> call(client, old.url()));
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure.getCause()).hasMessageContaining(REFUSED);
    }
    // The same server, to show that it was for the version.
    try (var old = OldTlsServer.start(folder, "TLSv1.2");
        var tls = CrtTls.start(old.bundle(), 1);
        var client = client(tls, PATIENCE)) {
      assertThat(call(client, old.url())).isEqualTo("http/1.1");
    }
  }

  @Test
  void send_peerThatDoesNotShakeHands_isUnreachableInTime() throws Exception {
    try (var server = new ProviderDouble(peer -> peer.awaitEnd());
        var tls = trusting(certificate(HERE, 0));
        var client = client(tls, Duration.ofMillis(300))) {
      assertUnreachable(client, server);
      assertThat(server.sawEnd()).isTrue();
    }
  }

  @Test
  void send_peerThatShakesHandsForEver_isUnreachableInTime() throws Exception {
    try (var server = new ProviderDouble(peer -> trickle(peer));
        var tls = trusting(certificate(HERE, 0));
        var client = client(tls, Duration.ofMillis(600))) {
      assertUnreachable(client, server);
    }
  }

  @Test
  void send_callWithLessTimeThanConnectingMayTake_isUnreachableInTime() throws Exception {
    try (var server = new ProviderDouble(peer -> peer.awaitEnd());
        var tls = trusting(certificate(HERE, 0));
        var client = client(tls, Duration.ofMinutes(10))) {
      var request = new ClientRequest(origin(server), "GET", "/", Headers.NONE, new byte[0]);
      Instant end = Instant.now().plusMillis(300);
      ExchangeException failure =
          catchThrowableOfType(ExchangeException.class, () -> client.send(request, end, end));
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void start_noBundle_saysSo() throws Exception {
    Path none = folder.resolve("none.pem");
    assertThatThrownBy(() -> CrtTls.start(none, 1)).isInstanceOf(IOException.class);
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate\n");
    assertThatThrownBy(() -> CrtTls.start(text, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No bundle of certificates");
  }

  /** A record of TLS that says it is long, and comes byte by byte for a minute. */
  private static void trickle(ProviderDouble.Peer peer) throws IOException, InterruptedException {
    peer.send("\u0016\u0003\u0003\u0040\u0000");
    for (int i = 0; i < 600; i++) {
      peer.send("x");
      Thread.sleep(100);
    }
  }

  private void refuses(LocalCertificate certificate) throws Exception {
    refuses(certificate, certificate);
  }

  private void refuses(LocalCertificate shown, LocalCertificate trusted) throws Exception {
    try (var server = server(shown);
        var tls = trusting(trusted);
        var client = client(tls, PATIENCE)) {
      ExchangeException failure =
          catchThrowableOfType(ExchangeException.class, () -> call(client, server));
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure.getCause()).hasMessageContaining(REFUSED);
      assertThat(server.targets()).isEmpty();
    }
  }

  @Test
  void send_badCertificateAndLittleTime_isUnreachableInTime() throws Exception {
    try (var server = server(certificate("dns:api.example.com", 0));
        var tls = trusting(certificate(HERE, 0));
        var client = client(tls, Duration.ofSeconds(2))) {
      assertUnreachable(client, server);
      assertThat(server.targets()).isEmpty();
    }
  }

  private static void assertUnreachable(PooledClient client, ProviderDouble server) {
    ExchangeException failure =
        catchThrowableOfType(ExchangeException.class, () -> call(client, server));
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
  }

  private static ProviderDouble server(LocalCertificate certificate) throws Exception {
    return new ProviderDouble(
        certificate.server(),
        peer -> peer.readRequest().ok("one").readRequest().ok("two").awaitEnd());
  }

  private LocalCertificate certificate(String names, int madeDaysAgo) throws Exception {
    return LocalCertificate.make(folder, names, madeDaysAgo);
  }

  private CrtTls trusting(LocalCertificate certificate) throws Exception {
    Path bundle = Files.createTempFile(folder, "trusted", ".pem");
    certificate.writePem(bundle);
    return CrtTls.start(bundle, 1);
  }

  private String pem(LocalCertificate certificate) throws Exception {
    Path file = Files.createTempFile(folder, "one", ".pem");
    certificate.writePem(file);
    return Files.readString(file);
  }

  private static PooledClient client(CrtTls tls, Duration connectWithin) {
    return new PooledClient(
        new CrtConnector(tls, connectWithin),
        new ConnectionPool(8, PATIENCE, Clock.systemUTC()),
        Clock.systemUTC(),
        (origin, cause) -> {});
  }

  private static Origin origin(ProviderDouble server) {
    return Wire.origin(Wire.Kind.TLS, server.port());
  }

  private static String call(PooledClient client, ProviderDouble server) throws ExchangeException {
    return call(client, URI.create("https://127.0.0.1:" + server.port()));
  }

  private static String call(PooledClient client, URI base) throws ExchangeException {
    var request = new ClientRequest(Origin.of(base), "GET", "/", Headers.NONE, new byte[0]);
    Instant end = Instant.now().plus(PATIENCE);
    try (Answer answer = client.send(request, end, end)) {
      byte[] buffer = new byte[100];
      String body = new String(buffer, 0, Math.max(0, answer.read(buffer)), UTF_8);
      assertThat(answer.read(buffer)).isEqualTo(-1);
      return body;
    }
  }
}
