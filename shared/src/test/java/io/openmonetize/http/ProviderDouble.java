package io.openmonetize.http;

import io.openmonetize.runtime.http1.HttpReader;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on raw sockets, for what no well-behaved server would do. Each connection is served by
 * the next of the scripts.
 */
final class ProviderDouble implements AutoCloseable {
  /** What to do with one connection. */
  interface Script {
    void run(Peer peer) throws IOException, InterruptedException;
  }

  private final @Nullable SSLContext tls;
  private final ServerSocket listener;
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<RequestHead> heads = new CopyOnWriteArrayList<>();

  ProviderDouble(Script... scripts) throws IOException {
    this(null, scripts);
  }

  /**
   * @param tls null for none
   */
  ProviderDouble(@Nullable SSLContext tls, Script... scripts) throws IOException {
    this.tls = tls;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.scripts.addAll(List.of(scripts));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Of the requests, in order, over all connections. */
  List<String> targets() {
    return heads.stream().map(RequestHead::target).toList();
  }

  List<byte[]> bodies() {
    return bodies;
  }

  List<RequestHead> heads() {
    return heads;
  }

  /** Whether an {@code awaitEnd} has seen the other side close, in time for a slow machine. */
  boolean sawEnd() throws InterruptedException {
    return ended.await(30, TimeUnit.SECONDS);
  }

  int connections() {
    return sockets.size();
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
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    Script script = scripts.poll();
    if (script == null) {
      return;
    }
    try (socket;
        Socket spoken = speaking(socket)) {
      script.run(new Peer(socket, spoken));
    } catch (IOException e) {
      // The other side went first, as many a test wants it to.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket speaking(Socket socket) throws IOException {
    if (tls == null) {
      return socket;
    }
    SSLSocket spoken =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    spoken.setUseClientMode(false);
    return spoken;
  }

  /** One connection, seen from the server. */
  final class Peer {
    private final Socket socket;
    private final Socket spoken;
    private final HttpReader reader;
    private final OutputStream out;
    private String target = "";

    Peer(Socket socket, Socket spoken) throws IOException {
      this.socket = socket;
      this.spoken = spoken;
      this.reader = new HttpReader(spoken.getInputStream());
      this.out = spoken.getOutputStream();
    }

    Peer readRequest() throws IOException {
      RequestHead head = reader.requestHead();
      if (head == null) {
        throw new IOException("No request came");
      }
      heads.add(head);
      target = head.target();
      bodies.add(reader.requestBody(head).readAll(10_000_000));
      return this;
    }

    /** Of the last request on this connection. */
    String target() {
      return target;
    }

    /** Only the head. */
    Peer readHead() throws IOException {
      RequestHead head = reader.requestHead();
      if (head == null) {
        throw new IOException("No request came");
      }
      heads.add(head);
      target = head.target();
      return this;
    }

    /** Until the other side closes. */
    void awaitEnd() throws IOException {
      try {
        reader.awaitByte();
      } catch (IOException e) {
        // Closed without a goodbye is closed as well.
      }
      ended.countDown();
    }

    Peer send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return this;
    }

    Peer ok(String body) throws IOException {
      return send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Says that no more will come, and takes nothing more either. */
    void shutAfter(Duration time) throws IOException, InterruptedException {
      spoken.shutdownOutput();
      Thread.sleep(time);
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
