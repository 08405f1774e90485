package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An HTTP/1.1 server with a virtual thread for each connection. It answers nothing by itself. */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final int BACKLOG = 1024;
  private static final Duration ACCEPT_PAUSE = Duration.ofMillis(50);

  /**
   * @param idle how long a connection may wait for a request
   * @param head how long the head of a request may take from its first byte
   * @param connections how many are served at once; more wait until one of them ends
   */
  public record Limits(Duration idle, Duration head, int connections) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(60), Duration.ofSeconds(20), 2048);
  }

  private final ServerSocket listener;
  private final HttpHandler handler;
  private final Limits limits;
  private final Semaphore free;
  private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
  private final Thread acceptor = Thread.ofVirtual().name("http-accept").unstarted(this::accept);

  private HttpServer(ServerSocket listener, HttpHandler handler, Limits limits) {
    this.listener = listener;
    this.handler = handler;
    this.limits = limits;
    this.free = new Semaphore(limits.connections());
  }

  /** Listens when it returns. Port 0 takes any free one. */
  public static HttpServer start(InetSocketAddress address, HttpHandler handler)
      throws IOException {
    return start(address, handler, Limits.DEFAULT);
  }

  public static HttpServer start(InetSocketAddress address, HttpHandler handler, Limits limits)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    HttpServer server = new HttpServer(listener, handler, limits);
    server.acceptor.start();
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Stops accepting and closes all connections, whatever they are doing. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /** Stops accepting, closes idle connections, and the others after their exchange or this time. */
  public void close(Duration grace) {
    stopAccepting();
    threads.shutdown();
    connections.forEach(connection -> quietly(connection::closeWhenIdle));
    boolean ended = false;
    try {
      ended = threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      connections.forEach(connection -> quietly(connection::closeNow));
      threads.shutdownNow();
    }
  }

  /** A virtual thread within accept lets more connections in until it has seen the close. */
  private void stopAccepting() {
    quietly(listener::close);
    acceptor.interrupt();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    try {
      while (!listener.isClosed()) {
        free.acquire();
        serveNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveNext() throws InterruptedException {
    Socket socket;
    try {
      socket = listener.accept();
    } catch (IOException e) {
      free.release();
      if (!listener.isClosed()) {
        // Such as no free file descriptor: others may end, so go on, but do not spin.
        LOG.log(System.Logger.Level.ERROR, "A connection could not be accepted", e);
        Thread.sleep(ACCEPT_PAUSE);
      }
      return;
    }
    try {
      threads.execute(() -> serve(socket));
    } catch (RejectedExecutionException closed) {
      quietly(socket::close);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      ServerConnection connection =
          new ServerConnection(socket, handler, limits, listener::isClosed);
      connections.add(connection);
      try {
        if (listener.isClosed()) {
          connection.closeWhenIdle();
        }
        connection.run();
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection ended before its first request", e);
    } finally {
      free.release();
    }
  }

  private interface Closing {
    void run() throws IOException;
  }

  private static void quietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A socket could not be closed", e);
    }
  }
}
