package io.openmonetize.proxy.upstream;

import io.openmonetize.runtime.http1.HttpReader;
import io.openmonetize.runtime.http1.RequestHead;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server on raw sockets, for what no well-behaved server would do. Each connection is served by
 * the next of the scripts.
 */
final class ProviderDouble implements AutoCloseable {
  /** What to do with one connection. */
  interface Script {
    void run(Peer peer) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> targets = new CopyOnWriteArrayList<>();

  ProviderDouble(Script... scripts) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), scripts);
  }

  ProviderDouble(ServerSocket listener, Script... scripts) {
    this.listener = listener;
    this.scripts.addAll(List.of(scripts));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Of the requests, in order, over all connections. */
  List<String> targets() {
    return targets;
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
    try (socket) {
      script.run(new Peer(socket));
    } catch (IOException e) {
      // The other side went first, as many a test wants it to.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection, seen from the server. */
  final class Peer {
    private final Socket socket;
    private final HttpReader reader;
    private final OutputStream out;

    Peer(Socket socket) throws IOException {
      this.socket = socket;
      this.reader = new HttpReader(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    Peer readRequest() throws IOException {
      RequestHead head = reader.requestHead();
      if (head == null) {
        throw new IOException("No request came");
      }
      targets.add(head.target());
      reader.requestBody(head).readAll(10_000_000);
      return this;
    }

    /** Until the other side closes. */
    void awaitEnd() throws IOException {
      reader.awaitByte();
    }

    Peer send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return this;
    }

    Peer ok(String body) throws IOException {
      return send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
