package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpConnection;
import io.openmonetize.runtime.http1.RequestHead;
import io.openmonetize.runtime.http1.ResponseHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A provider that sees connections, not only requests: it may end those that nobody used yet. */
final class CountingProvider implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new ArrayList<>();
  private int connections;
  private int requests;

  CountingProvider() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  synchronized int connections() {
    return connections;
  }

  synchronized int requests() {
    return requests;
  }

  synchronized void awaitConnections(int count) throws InterruptedException {
    while (connections < count) {
      wait();
    }
  }

  synchronized void dropAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    dropAll();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        synchronized (this) {
          open.add(socket);
          connections++;
          notifyAll();
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (HttpConnection connection = new HttpConnection(socket)) {
      while (connection.reader().awaitByte()) {
        RequestHead head = Objects.requireNonNull(connection.reader().requestHead());
        connection.reader().requestBody(head).readAll(1 << 20);
        synchronized (this) {
          requests++;
        }
        byte[] body = Bodies.ANTHROPIC_MESSAGE.getBytes(UTF_8);
        connection
            .writer()
            .responseHead(
                new ResponseHead(
                    200,
                    "OK",
                    Headers.of(
                        "content-type",
                        "application/json",
                        "content-length",
                        Integer.toString(body.length))));
        socket.getOutputStream().write(body);
      }
    } catch (IOException e) {
      // One side has ended it.
    }
  }
}
