package io.openmonetize.http;

import io.openmonetize.runtime.http1.TimeLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;

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
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        break;
      }
      try {
        return connect(new InetSocketAddress(address, origin.port()), left);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /**
   * A time limit given to the socket itself would make it a non-blocking one for good: each read
   * that waits would then be three system calls, to read, to poll and to read again.
   */
  private static Socket connect(InetSocketAddress address, Duration within) throws IOException {
    Socket socket = new Socket();
    // The JDK's own timer: connections are few, and a connector has no end to stop one of ours at.
    TimeLimit limit = TimeLimit.start(ForkJoinPool.commonPool(), socket, within);
    try {
      socket.connect(address);
    } catch (IOException e) {
      socket.close();
      if (limit.lift()) {
        throw e;
      }
    } catch (RuntimeException | Error e) {
      limit.lift();
      socket.close();
      throw e;
    }
    if (limit.expired() || !limit.lift()) {
      throw new SocketTimeoutException("No connection in time");
    }
    return socket;
  }
}
