package io.openmonetize.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.crt.http.HttpClientConnection;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpClientConnectionManagerOptions;
import software.amazon.awssdk.crt.http.HttpException;
import software.amazon.awssdk.crt.http.HttpProxyEnvironmentVariableSetting;
import software.amazon.awssdk.crt.http.HttpProxyEnvironmentVariableSetting.HttpProxyEnvironmentVariableType;
import software.amazon.awssdk.crt.io.SocketOptions;
import software.amazon.awssdk.crt.io.TlsConnectionOptions;

/**
 * Makes TLS connections with the AWS Common Runtime: TLS 1.2 or 1.3, the peer's certificate and
 * name checked, HTTP/1.1 by ALPN. Its connection managers only make connections here; keeping them
 * is {@link ConnectionPool}'s.
 *
 * <p>A handshake that fails, be it over a certificate, is reported after 10 to 30 seconds: so long
 * s2n waits, to hide from an attacker where it failed. The time limits mostly come first.
 */
public final class CrtConnector implements Connector, AutoCloseable {
  private final CrtTls tls;
  private final Duration connectWithin;
  private final Map<Origin, HttpClientConnectionManager> managers = new ConcurrentHashMap<>();

  /**
   * @param connectWithin for the host's name, TCP and TLS together
   */
  public CrtConnector(CrtTls tls, Duration connectWithin) {
    this.tls = tls;
    this.connectWithin = connectWithin;
  }

  @Override
  public ClientConnection connect(Origin origin, Duration within) throws IOException {
    if (!origin.tls()) {
      throw new IllegalArgumentException("TLS for an http origin");
    }
    Duration limit = within.compareTo(connectWithin) < 0 ? within : connectWithin;
    CompletableFuture<HttpClientConnection> connecting =
        managers.computeIfAbsent(origin, this::manager).acquireConnection();
    try {
      return new CrtConnection(origin, connecting.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      closeWhenThere(connecting);
      throw new SocketTimeoutException(
          "No connection in time; a handshake that failed, as over a certificate, is told no"
              + " sooner");
    } catch (InterruptedException e) {
      closeWhenThere(connecting);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while connecting");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpException failure) {
        throw CrtErrors.exception("No connection", failure.getErrorCode());
      }
      throw new IOException("No connection", e.getCause());
    }
  }

  /** Connections made here stay open until they are dropped. */
  @Override
  public void close() {
    managers.values().forEach(HttpClientConnectionManager::close);
    managers.clear();
  }

  private static void closeWhenThere(CompletableFuture<HttpClientConnection> connecting) {
    connecting.thenAccept(
        late -> {
          late.shutdown();
          late.close();
        });
  }

  private HttpClientConnectionManager manager(Origin origin) {
    int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, connectWithin.toMillis()));
    String host = origin.host().contains(":") ? "[" + origin.host() + "]" : origin.host();
    var noProxy = new HttpProxyEnvironmentVariableSetting();
    noProxy.setEnvironmentVariableType(HttpProxyEnvironmentVariableType.DISABLED);
    try (SocketOptions socket = new SocketOptions();
        TlsConnectionOptions connection =
            new TlsConnectionOptions(tls.context())
                .withServerName(origin.host())
                .withAlpnList("http/1.1")
                .withTimeoutMs(millis)) {
      socket.connectTimeoutMs = millis;
      // Without it a small request waits for the acknowledgement of the one before, up to 40 ms.
      socket.tcpNoDelay = SocketOptions.TcpNoDelay.ON;
      return HttpClientConnectionManager.create(
          new HttpClientConnectionManagerOptions()
              .withUri(URI.create("https://" + host + ":" + origin.port()))
              .withClientBootstrap(tls.bootstrap())
              .withSocketOptions(socket)
              .withTlsConnectionOptions(connection)
              .withProxyEnvironmentVariableSetting(noProxy)
              .withMaxConnections(Integer.MAX_VALUE)
              .withManualWindowManagement(true)
              .withWindowSize(CrtExchange.WINDOW_BYTES));
    }
  }
}
