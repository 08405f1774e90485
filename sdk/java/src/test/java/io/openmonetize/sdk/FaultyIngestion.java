package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An ingestion server on the loopback that fails as it is told to, one fault a request in the order
 * in which they were added; without one it does as the real one does. Events of the same id are
 * one.
 */
public final class FaultyIngestion implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EVENTS_AT_MOST = 1000;
  private static final int BODY_BYTES_AT_MOST = 1_000_000;

  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final Map<String, JsonNode> accepted = new LinkedHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger connectionsWhileDown = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket server;
  private volatile boolean down;
  private volatile Predicate<JsonNode> invalid = event -> false;
  private int repeats;

  /** What a request had. */
  public record Request(int events, int bytes, Map<String, String> headers) {}

  /** How a request is failed. */
  public sealed interface Fault {
    /** The events are taken, and the connection ends without an answer. */
    record KillAfterAccepting() implements Fault {}

    /** The connection ends without the events being taken. */
    record Kill() implements Fault {}

    /** An answer, without the events being taken. */
    record Say(int status, String headers, String body) implements Fault {}

    /** No answer at all, until the server is closed. */
    record Hang() implements Fault {}

    /** The events are taken; the answer stops in the midst of its body. */
    record StallAfterAccepting() implements Fault {}

    /** 400 with a list of the places named, all else not taken. */
    record Name(List<Integer> indexes) implements Fault {}

    /** 202: the places named could not be queued, all else is taken. */
    record Unavailable(List<Integer> indexes) implements Fault {}

    /** 400 without a list if an event is of this feature; every time, until another server. */
    record WrongWithoutList(String featureId) implements Fault {}

    /** 413 if there are more events; every time. */
    record TooLarge(int eventsAtMost) implements Fault {}
  }

  public FaultyIngestion() throws IOException {
    this(0);
  }

  public FaultyIngestion(int port) throws IOException {
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return server.getLocalPort();
  }

  public FaultyIngestion then(Fault fault) {
    faults.add(fault);
    return this;
  }

  /** An HTML page, as a gateway has it. */
  public FaultyIngestion thenPage(int status) {
    return then(
        new Fault.Say(
            status, "content-type: text/html\r\n", "<html><h1>" + status + "</h1></html>"));
  }

  /** What the API says of the whole request. */
  public FaultyIngestion thenError(int status, String headers, String code) {
    return then(
        new Fault.Say(
            status,
            "content-type: application/json\r\n" + headers,
            "{\"error\":\"" + code + "\",\"message\":\"So it is\",\"request_id\":\"r\"}"));
  }

  /** While it is down each connection is ended at once. */
  public void setDown(boolean isDown) {
    down = isDown;
    if (isDown) {
      open.forEach(FaultyIngestion::end);
    }
  }

  /** Such events are refused one by one, as by the real server. */
  public void refuse(Predicate<JsonNode> events) {
    invalid = events;
  }

  /** By id, in the order in which they came first. */
  public synchronized Map<String, JsonNode> accepted() {
    return new LinkedHashMap<>(accepted);
  }

  /** One text a distinct event. */
  public synchronized List<String> acceptedTexts(String field) {
    return accepted.values().stream().map(event -> event.path(field).asText()).toList();
  }

  /** How often an event came that was there already. */
  public synchronized int repeats() {
    return repeats;
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public int connectionsWhileDown() {
    return connectionsWhileDown.get();
  }

  /** What a client did that it never must. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    open.forEach(FaultyIngestion::end);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (down) {
          connectionsWhileDown.incrementAndGet();
          end(socket);
          continue;
        }
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Map<String, String> headers = head(in);
      while (headers != null) {
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (inFlight.incrementAndGet() > 1) {
          violations.add("two requests at a time");
        }
        String answer;
        try {
          answer = answer(headers, body);
        } finally {
          inFlight.decrementAndGet();
        }
        if (answer == null || down) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        if (answer.endsWith("\u0000")) {
          closed.await();
        }
        headers = head(in);
      }
    } catch (IOException | InterruptedException e) {
      // The client went, or this server was told to end it.
      return;
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Map<String, String> head(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    String line = line(in);
    while (line != null && !line.isEmpty()) {
      int colon = line.indexOf(": ");
      if (colon > 0) {
        headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
      }
      line = line(in);
    }
    return line == null ? null : headers;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        text.append((char) next);
      }
      next = in.read();
    }
    return next < 0 ? null : text.toString();
  }

  private @Nullable String answer(Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    JsonNode events = JSON.readTree(body).path("events");
    requests.add(new Request(events.size(), body.length, headers));
    if (!events.isArray() || events.isEmpty() || events.size() > EVENTS_AT_MOST) {
      violations.add("a batch of " + events.size());
    }
    if (body.length > BODY_BYTES_AT_MOST) {
      violations.add("a body of " + body.length + " bytes");
    }
    Fault fault = faults.peek();
    if (fault == null) {
      return judge(events, Set.of());
    }
    boolean lasts = fault instanceof Fault.WrongWithoutList || fault instanceof Fault.TooLarge;
    if (!lasts) {
      faults.poll();
    }
    return switch (fault) {
      case Fault.Kill() -> null;
      case Fault.KillAfterAccepting() -> {
        judge(events, Set.of());
        yield null;
      }
      case Fault.Hang() -> {
        closed.await();
        yield null;
      }
      case Fault.StallAfterAccepting() -> {
        judge(events, Set.of());
        yield "HTTP/1.1 202 Accepted\r\ncontent-length: 500\r\n\r\n{\u0000";
      }
      case Fault.Say(int status, String more, String text) -> http(status, more, text);
      case Fault.Name(List<Integer> indexes) -> named(events, indexes);
      case Fault.Unavailable(List<Integer> indexes) -> judge(events, new HashSet<>(indexes));
      case Fault.WrongWithoutList(String feature) ->
          has(events, feature)
              ? http(400, "", "{\"error\":\"VALIDATION_ERROR\",\"message\":\"Wrong\"}")
              : judge(events, Set.of());
      case Fault.TooLarge(int most) ->
          events.size() > most
              ? http(413, "content-type: text/html\r\n", "<html>413</html>")
              : judge(events, Set.of());
    };
  }

  private static boolean has(JsonNode events, String feature) {
    for (JsonNode event : events) {
      if (event.path("feature_id").asText().equals(feature)) {
        return true;
      }
    }
    return false;
  }

  private static String named(JsonNode events, List<Integer> indexes) {
    ObjectNode body =
        JSON.createObjectNode().put("error", "VALIDATION_ERROR").put("message", "Bad");
    body.put("accepted", 0).put("rejected", indexes.size());
    ArrayNode errors = body.putArray("errors");
    indexes.forEach(index -> errors.add(error(events, index, "INVALID", false)));
    return http(400, "", body.toString());
  }

  private static ObjectNode error(JsonNode events, int index, String code, boolean retryable) {
    return JSON.createObjectNode()
        .put("index", index)
        .put("event_id", events.path(index).path("event_id").asText())
        .put("field", "quantity")
        .put("code", code)
        .put("reason", "Is so")
        .put("retryable", retryable);
  }

  private synchronized String judge(JsonNode events, Set<Integer> unavailable) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode errors = JSON.createArrayNode();
    int taken = 0;
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      if (unavailable.contains(i)) {
        errors.add(error(events, i, "QUEUE_UNAVAILABLE", true));
      } else if (!isWhole(event) || invalid.test(event)) {
        errors.add(error(events, i, "INVALID", false));
      } else {
        taken++;
        if (accepted.putIfAbsent(event.path("event_id").asText(), event) != null) {
          repeats++;
        }
      }
    }
    body.put("accepted", taken).put("rejected", errors.size()).put("duplicates", 0);
    body.set("errors", errors);
    if (taken == 0) {
      body.put("error", unavailable.isEmpty() ? "VALIDATION_ERROR" : "SERVICE_UNAVAILABLE");
      body.put("message", "Nothing taken");
      return http(unavailable.isEmpty() ? 400 : 503, "", body.toString());
    }
    return http(202, "", body.toString());
  }

  private static boolean isWhole(JsonNode event) {
    return List.of("event_id", "customer_id", "feature_id", "event_type", "timestamp").stream()
        .allMatch(name -> event.path(name).isTextual());
  }

  private static String http(int status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + " S\r\n"
        + headers
        + "content-length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static void end(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // The thread that serves it may have closed it meanwhile.
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
