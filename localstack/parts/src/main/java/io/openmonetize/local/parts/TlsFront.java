package io.openmonetize.local.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** TLS in front of a server on this machine that has none: passes on the bytes inside, unread. */
public final class TlsFront implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final URI behind;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private TlsFront(URI behind, ServerSocket listener) {
    this.behind = behind;
    this.listener = listener;
  }

  /**
   * On any free port.
   *
   * @param behind such as {@code http://127.0.0.1:8000}
   */
  public static TlsFront start(SSLContext tls, URI behind) throws IOException {
    TlsFront front =
        new TlsFront(
            behind,
            tls.getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("tls-front").start(front::accept);
    return front;
  }

  /** Such as {@code https://127.0.0.1:40123}. */
  public URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket outer = listener.accept();
        Thread.ofVirtual().name("tls-front-connection").start(() -> serve(outer));
      } catch (IOException e) {
        // Closed, or a connection that failed by itself.
      }
    }
  }

  private void serve(Socket outer) {
    sockets.add(outer);
    try (outer;
        Socket inner = new Socket(behind.getHost(), behind.getPort())) {
      sockets.add(inner);
      outer.setTcpNoDelay(true);
      inner.setTcpNoDelay(true);
      Thread back = Thread.ofVirtual().start(() -> pass(inner, outer));
      pass(outer, inner);
      back.join();
      sockets.remove(inner);
    } catch (IOException e) {
      // The server behind is gone, or the client is; closing both says so to the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(outer);
    }
  }

  private static void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        out.write(buffer, 0, length);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // An end that breaks off breaks off the other.
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }
}
