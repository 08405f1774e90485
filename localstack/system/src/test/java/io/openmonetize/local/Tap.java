package io.openmonetize.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in front of a server, and keeps every byte that is sent to it. */
final class Tap implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final URI server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private Tap(URI server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  static Tap before(URI server) throws IOException {
    Tap tap = new Tap(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(tap::accept);
    return tap;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** All requests so far, heads and bodies. */
  String sent() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    sockets.forEach(Tap::closeQuietly);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        Socket upstream = new Socket(server.getHost(), server.getPort());
        sockets.add(upstream);
        Thread.ofVirtual().start(() -> pipe(client, upstream, sent));
        Thread.ofVirtual().start(() -> pipe(upstream, client, OutputStream.nullOutputStream()));
      }
    } catch (IOException e) {
      // The test has ended, or the server is gone, which its client notices.
      close();
    }
  }

  private static void pipe(Socket from, Socket to, OutputStream copy) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        copy.write(buffer, 0, length);
        out.write(buffer, 0, length);
      }
    } catch (IOException e) {
      // Either side has closed; both sockets are closed now, as a connection through no tap would.
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
