package io.openmonetize.proxy.upstream;

import io.openmonetize.runtime.http1.TimeLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Makes connections: TCP, and TLS with the peer's certificate and name checked. */
public final class Connector {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] HTTP_1_1 = {"http/1.1"};

  private final SSLContext tls;
  private final Duration connectWithin;

  /**
   * @param connectWithin for TCP to all addresses of a host and for TLS, together
   */
  public Connector(SSLContext tls, Duration connectWithin) {
    this.tls = tls;
    this.connectWithin = connectWithin;
  }

  /**
   * @param within a limit of the call's own, where that is shorter. Neither can cut short the
   *     look-up of the host's name, which is the platform's to limit
   */
  UpstreamConnection connect(Origin origin, Duration within, ScheduledExecutorService timer)
      throws IOException {
    Duration limit = within.compareTo(connectWithin) < 0 ? within : connectWithin;
    long end = System.nanoTime() + limit.toNanos();
    Socket tcp = connectTcp(origin, end);
    try {
      Socket socket = origin.tls() ? handshake(tcp, origin, end, timer) : tcp;
      return new UpstreamConnection(origin, tcp, socket);
    } catch (IOException | RuntimeException e) {
      tcp.close();
      throw e;
    }
  }

  private Socket connectTcp(Origin origin, long end) throws IOException {
    IOException last = new SocketTimeoutException("No time was left to connect");
    for (InetAddress address : InetAddress.getAllByName(origin.host())) {
      int millis = (int) Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        break;
      }
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, origin.port()), millis);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  private SSLSocket handshake(Socket tcp, Origin origin, long end, ScheduledExecutorService timer)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(tcp, origin.host(), origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    // Without this line any certificate that some trusted authority signed would do.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(PROTOCOLS);
    parameters.setApplicationProtocols(HTTP_1_1);
    socket.setSSLParameters(parameters);
    // Not the socket's own timeout, which a peer can start anew with each byte.
    TimeLimit limit = TimeLimit.start(timer, tcp, Duration.ofNanos(end - System.nanoTime()));
    try {
      socket.startHandshake();
    } finally {
      if (!limit.lift()) {
        throw new SocketTimeoutException("No TLS in time");
      }
    }
    return socket;
  }
}
