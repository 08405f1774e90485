package io.openmonetize.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connecting, and the time it may take. */
final class SocketConnectorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(300);

  @Test
  void connect_peerThatTakesNoMoreConnections_timesOutAtTheShorterLimit() throws Exception {
    try (FullServer server = new FullServer()) {
      assertTimesOut(new SocketConnector(SOON), server, PATIENCE);
      assertTimesOut(new SocketConnector(PATIENCE), server, SOON);
    }
  }

  @Test
  void connect_noTimeLeft_timesOut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  new SocketConnector(PATIENCE)
                      .connect(origin(server.getLocalPort()), Duration.ZERO))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void connect_nobodyListens_isRefused() throws Exception {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThatThrownBy(
              () -> new SocketConnector(PATIENCE).connect(origin(bound.getLocalPort()), PATIENCE))
          .isInstanceOf(ConnectException.class);
    }
  }

  private static void assertTimesOut(SocketConnector connector, FullServer server, Duration within)
      throws IOException {
    long start = System.nanoTime();
    assertThatThrownBy(() -> connector.connect(origin(server.port()), within))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SOON, PATIENCE);
  }

  private static Origin origin(int port) {
    return Origin.of(URI.create("http://127.0.0.1:" + port));
  }

  /** Its queue of connections is full and nobody takes one: the kernel lets a next one wait. */
  private static final class FullServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> waiting = new ArrayList<>();

    FullServer() throws IOException {
      listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
      boolean full = false;
      while (!full) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(listener.getLocalSocketAddress(), 1_000);
        } catch (SocketTimeoutException e) {
          full = true;
        }
      }
    }

    int port() {
      return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      listener.close();
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }
}
