package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Servers and raw clients for a test, closed after it. */
abstract class ServerTest {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  HttpServer server(HttpHandler handler) throws IOException {
    return server(handler, HttpServer.Limits.DEFAULT);
  }

  HttpServer server(HttpHandler handler, HttpServer.Limits limits) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.start(any, handler, limits);
    opened.add(server);
    return server;
  }

  Socket socket(HttpServer server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    opened.add(socket);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  static void send(Socket socket, String wire) throws IOException {
    socket.getOutputStream().write(wire.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All that comes until the server closes the connection, which it must. */
  static String receiveAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Exactly so many bytes. */
  static String receive(Socket socket, int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static void expect(Socket socket, String wire) throws IOException {
    assertThat(receive(socket, wire.length())).isEqualTo(wire);
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
