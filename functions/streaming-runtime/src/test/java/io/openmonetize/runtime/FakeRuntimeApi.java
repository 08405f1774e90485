package io.openmonetize.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Runtime API on a plain socket. It plays back a script of answers, records every byte that it
 * is sent, and holds the client to the protocol: what Lambda would refuse or not understand is a
 * problem, and {@link #close} fails the test for it.
 */
final class FakeRuntimeApi implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String SILENT = "silent";
  private static final String ROOT = "/2018-06-01/runtime/";

  /** What {@code next} is answered with. */
  sealed interface Next {
    record Event(String requestId, byte[] payload, List<String> moreHeaders) implements Next {
      boolean chunked() {
        return moreHeaders.contains("Transfer-Encoding: chunked");
      }
    }

    /** Bytes as they are; the connection is closed after them. */
    record Raw(String response) implements Next {}

    /** The connection is closed without an answer, as after a freeze. */
    record Close() implements Next {}

    /** Nothing, until the fake is closed. */
    record Silence() implements Next {}
  }

  /** What a post is answered with; 202 where the script says nothing. */
  sealed interface Post {
    record Status(int code) implements Post {}

    /** The connection is reset after this many chunks. */
    record ResetAfter(int chunks) implements Post {}

    /** Nothing is read after this many chunks, as with a caller that stopped reading. */
    record StallAfter(int chunks) implements Post {}

    /** An answer before the end of the request, then the end of the connection. */
    record AnswerAfter(int chunks, int status) implements Post {}

    /** An answer as soon as the head is there; the body is left unread and the connection reset. */
    record AnswerUnread(int status) implements Post {}

    /** The whole request is read and never answered. */
    record Close() implements Post {}
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Next> script = new LinkedBlockingQueue<>();
  private final Map<String, Post> posts = new ConcurrentHashMap<>();
  private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
  private final List<ReceivedRequest> received = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<String> handedOut = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Thread> clients = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread acceptor = Thread.ofVirtual().unstarted(this::accept);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean mayLeaveOpen;

  FakeRuntimeApi() throws IOException {
    acceptor.start();
  }

  RuntimeEnvironment environment() {
    return new RuntimeEnvironment("127.0.0.1", listener.getLocalPort(), 1, false);
  }

  FakeRuntimeApi then(Next next) {
    script.add(next);
    return this;
  }

  FakeRuntimeApi event(String requestId) {
    return event(requestId, "{}");
  }

  FakeRuntimeApi event(String requestId, String payload) {
    return then(new Next.Event(requestId, payload.getBytes(StandardCharsets.UTF_8), List.of()));
  }

  FakeRuntimeApi onPost(String requestId, Post post) {
    posts.put(requestId, post);
    return this;
  }

  /** For tests in which the runtime ends before its invocation is answered. */
  FakeRuntimeApi invocationsMayStayOpen() {
    mayLeaveOpen = true;
    return this;
  }

  /** Connections that stand go on; new ones are refused from now on. */
  void refuseConnections() throws IOException, InterruptedException {
    listener.close();
    acceptor.join();
  }

  List<ReceivedRequest> received() {
    return List.copyOf(received);
  }

  /** The requests of this kind, such as {@code response} or {@code error}. */
  List<ReceivedRequest> posts(String requestId, String kind) {
    String line = "POST " + ROOT + "invocation/" + requestId + "/" + kind + " HTTP/1.1";
    return received.stream().filter(request -> request.requestLine().equals(line)).toList();
  }

  ReceivedRequest response(String requestId) {
    List<ReceivedRequest> found = posts(requestId, "response");
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " responses of " + requestId);
    }
    return found.getFirst();
  }

  /** The next chunk of any response that has arrived, waiting for it if need be. */
  byte[] awaitChunk() throws InterruptedException {
    byte[] chunk = chunks.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (chunk == null) {
      throw new AssertionError("No chunk arrived");
    }
    return chunk;
  }

  /** Whether a chunk has arrived that nobody has taken yet. */
  boolean hasChunk() {
    return !chunks.isEmpty();
  }

  /** Fails for everything that Lambda would not have taken, and for connections left open. */
  @Override
  public void close() throws IOException {
    try {
      for (Thread thread : clients) {
        if (!thread.getName().equals(SILENT) && !thread.join(PATIENCE)) {
          problems.add("A connection was left open");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopped.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    if (!mayLeaveOpen) {
      open.forEach(id -> problems.add("Invocation " + id + " was never answered"));
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems));
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        clients.add(Thread.startVirtualThread(() -> serve(socket, number)));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          problems.add("accept: " + e);
        }
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      WireReader reader = new WireReader(socket.getInputStream());
      boolean first = true;
      for (List<String> head; (head = reader.head()) != null; first = false) {
        if (!serve(socket, reader, new Exchange(number, first, head))) {
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!listener.isClosed()) {
        problems.add("connection " + number + ": " + e);
      }
    }
  }

  private record Exchange(int connection, boolean first, List<String> head) {
    String line() {
      return head.getFirst();
    }

    boolean has(String header, String value) {
      return ReceivedRequest.values(head, header).equals(List.of(value));
    }
  }

  /** False when the connection is over. */
  private boolean serve(Socket socket, WireReader reader, Exchange exchange) throws IOException {
    String port = Integer.toString(listener.getLocalPort());
    check(exchange.has("Host", "127.0.0.1:" + port), "Host", exchange);
    for (String stranger : List.of("Upgrade", "HTTP2-Settings", "Expect")) {
      check(ReceivedRequest.values(exchange.head(), stranger).isEmpty(), stranger, exchange);
    }
    if (exchange.line().equals("GET " + ROOT + "invocation/next HTTP/1.1")) {
      received.add(
          new ReceivedRequest(exchange.connection(), exchange.head(), List.of(), List.of()));
      return answerNext(socket, exchange);
    }
    if (exchange.line().equals("POST " + ROOT + "init/error HTTP/1.1")) {
      return answerPost(socket, exchange, readBody(reader, exchange), 202);
    }
    String[] parts = exchange.line().split("[ /]");
    String prefix = "POST " + ROOT + "invocation/";
    boolean known =
        exchange.line().startsWith(prefix)
            && exchange.line().endsWith(" HTTP/1.1")
            && parts.length == 9
            && Set.of("response", "error").contains(parts[6]);
    if (!known) {
      problems.add("Unknown request: " + exchange.line());
      write(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
      return false;
    }
    return takeReport(socket, reader, exchange, parts[5], parts[6]);
  }

  private boolean answerNext(Socket socket, Exchange exchange) throws IOException {
    Next next = script.poll();
    return switch (next) {
      case null -> {
        write(socket, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
        yield true;
      }
      case Next.Event event -> {
        handedOut.add(event.requestId());
        open.add(event.requestId());
        write(socket, head(event));
        writePayload(socket, event);
        yield true;
      }
      case Next.Raw(String response) -> {
        write(socket, response);
        yield false;
      }
      case Next.Close() -> false;
      case Next.Silence() -> {
        Thread.currentThread().setName(SILENT);
        socket.setSoTimeout(0);
        check(socket.getInputStream().read() < 0, "no bytes while waiting", exchange);
        yield false;
      }
    };
  }

  private static String head(Next.Event event) {
    List<String> lines = new ArrayList<>();
    lines.add("HTTP/1.1 200 OK");
    lines.add("Content-Type: application/json");
    lines.add("Lambda-Runtime-Aws-Request-Id: " + event.requestId());
    lines.add("Lambda-Runtime-Deadline-Ms: 1893456000000");
    lines.addAll(event.moreHeaders());
    if (!event.chunked()) {
      lines.add("Content-Length: " + event.payload().length);
    }
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  private static void writePayload(Socket socket, Next.Event event) throws IOException {
    byte[] payload = event.payload();
    if (!event.chunked()) {
      socket.getOutputStream().write(payload);
      return;
    }
    int half = payload.length / 2;
    write(socket, Integer.toHexString(half) + "\r\n");
    socket.getOutputStream().write(payload, 0, half);
    write(socket, "\r\n" + Integer.toHexString(payload.length - half) + "\r\n");
    socket.getOutputStream().write(payload, half, payload.length - half);
    write(socket, "\r\n0\r\n\r\n");
  }

  /** A response or an error: exactly one for each invocation that was handed out. */
  private boolean takeReport(
      Socket socket, WireReader reader, Exchange exchange, String requestId, String kind)
      throws IOException {
    check(handedOut.contains(requestId), "known request id", exchange);
    Post post = posts.getOrDefault(requestId, new Post.Status(202));
    boolean streamed = exchange.has("Lambda-Runtime-Function-Response-Mode", "streaming");
    check(!streamed || exchange.first(), "a connection of its own", exchange);
    if (kind.equals("response") && post instanceof Post.ResetAfter(int count)) {
      readChunks(reader, count);
      open.remove(requestId);
      socket.setSoLinger(true, 0);
      return false;
    }
    if (kind.equals("response") && post instanceof Post.StallAfter(int count)) {
      readChunks(reader, count);
      open.remove(requestId);
      Thread.currentThread().setName(SILENT);
      stall();
      return false;
    }
    if (kind.equals("response") && post instanceof Post.AnswerAfter(int count, int status)) {
      readChunks(reader, count);
      open.remove(requestId);
      write(socket, "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return false;
    }
    if (post instanceof Post.AnswerUnread(int status)) {
      open.remove(requestId);
      write(socket, "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
      return false;
    }
    ReceivedRequest request = readBody(reader, exchange);
    check(open.remove(requestId), "an answer to an open invocation", exchange);
    if (post instanceof Post.Close) {
      received.add(request);
      return false;
    }
    int status = post instanceof Post.Status(int code) ? code : 202;
    boolean goesOn = answerPost(socket, exchange, request, status);
    if (streamed) {
      check(reader.atEnd(), "the connection closed after its response", exchange);
      return false;
    }
    return goesOn;
  }

  /** Until the fake is closed. */
  private void stall() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ReceivedRequest readBody(WireReader reader, Exchange exchange) throws IOException {
    List<String> length = ReceivedRequest.values(exchange.head(), "Content-Length");
    if (exchange.has("Transfer-Encoding", "chunked")) {
      check(length.isEmpty(), "no Content-Length beside chunks", exchange);
      List<byte[]> all = new ArrayList<>();
      List<String> trailers =
          reader.chunks(
              chunk -> {
                all.add(chunk);
                chunks.add(chunk);
              });
      checkTrailers(trailers, exchange);
      return new ReceivedRequest(exchange.connection(), exchange.head(), all, trailers);
    }
    byte[] body = reader.bytes(Integer.parseInt(length.getFirst()));
    return new ReceivedRequest(exchange.connection(), exchange.head(), List.of(body), List.of());
  }

  /** Lambda drops trailers that were not announced. */
  private void checkTrailers(List<String> trailers, Exchange exchange) {
    Set<String> announced = new HashSet<>();
    for (String value : ReceivedRequest.values(exchange.head(), "Trailer")) {
      announced.addAll(List.of(value.split(", ")));
    }
    for (String trailer : trailers) {
      check(announced.contains(trailer.split(":")[0]), "an announced trailer", exchange);
    }
  }

  private void readChunks(WireReader reader, int count) throws IOException {
    AtomicInteger left = new AtomicInteger(count);
    try {
      reader.chunks(
          chunk -> {
            chunks.add(chunk);
            if (left.decrementAndGet() == 0) {
              throw new EnoughException();
            }
          });
    } catch (EnoughException e) {
      return;
    }
    problems.add("The response ended before chunk " + count);
  }

  private boolean answerPost(Socket socket, Exchange exchange, ReceivedRequest request, int status)
      throws IOException {
    received.add(request);
    if (exchange.line().contains("error")) {
      check(exchange.has("Content-Type", "application/json"), "JSON error", exchange);
    }
    write(socket, "HTTP/1.1 " + status + " X\r\nContent-Length: 15\r\n\r\n{\"status\":\"OK\"}");
    return true;
  }

  private void check(boolean good, String what, Exchange exchange) {
    if (!good) {
      problems.add("Not as it should be: " + what + " in " + exchange.line());
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
