package io.openmonetize.http;

import io.openmonetize.local.parts.LocalCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Both kinds of connection, with servers to match: what holds for one must hold for the other. */
final class Wire implements AutoCloseable {
  enum Kind {
    PLAIN,
    TLS
  }

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);

  private final SSLContext server;
  private final CrtTls tls;
  private final CrtConnector secured;
  private final Connector plain = new SocketConnector(CONNECT_WITHIN);

  Wire(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    LocalCertificate certificate = LocalCertificate.make(folder);
    Path bundle = folder.resolve("trusted.pem");
    certificate.writePem(bundle);
    this.server = certificate.server();
    this.tls = CrtTls.start(bundle, 1);
    this.secured = new CrtConnector(tls, CONNECT_WITHIN);
  }

  ProviderDouble server(Kind kind, ProviderDouble.Script... scripts) throws IOException {
    return new ProviderDouble(tls(kind), scripts);
  }

  static Origin origin(Kind kind, int port) {
    return Origin.of(URI.create((kind == Kind.TLS ? "https" : "http") + "://127.0.0.1:" + port));
  }

  Connector connector() {
    return new SchemeConnector(plain, secured);
  }

  @Override
  public void close() {
    secured.close();
    tls.close();
  }

  private @Nullable SSLContext tls(Kind kind) {
    return kind == Kind.TLS ? server : null;
  }
}
