package io.openmonetize.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Makes connections without TLS. */
public final class SocketConnector implements Connector {
  private final Duration connectWithin;

  /**
   * @param connectWithin for all addresses of a host together
   */
  public SocketConnector(Duration connectWithin) {
    this.connectWithin = connectWithin;
  }

  /**
   * @param within cannot cut short the look-up of the host's name, which is the platform's to limit
   */
  @Override
  public ClientConnection connect(Origin origin, Duration within) throws IOException {
    if (origin.tls()) {
      throw new IllegalArgumentException("A socket without TLS for an https origin");
    }
    Duration limit = within.compareTo(connectWithin) < 0 ? within : connectWithin;
    Socket socket = connect(origin, System.nanoTime() + limit.toNanos());
    try {
      return new SocketConnection(origin, socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket connect(Origin origin, long end) throws IOException {
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
}
