package io.openmonetize.sdk.tracked;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.openmonetize.local.parts.Model;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.OpenMonetizeLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stand-in providers, an ingestion that takes everything, and a client of it. */
public final class Wrapping implements AutoCloseable {
  /** What every event says of whose it is. */
  public static final Attribution WHO =
      new Attribution("acme", "ann", "chat", null, Map.of("plan", "pro"));

  /** Ids and times are fixed, so that two answers to the same question are the same. */
  private static final Model MODEL =
      new Model(
          body -> StandInProviders.USUAL_REPLY,
          Pace.AT_ONCE,
          () -> "0123456789abcdef0123456789abcdef",
          Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final StandInProviders providers;
  private final HttpServer server;
  private final OpenMonetize om;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Wrapping() throws IOException {
    providers = StandInProviders.start(MODEL);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/events/ingest", this::take);
    server.start();
    om = client("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Starts all. */
  public static Wrapping start() throws IOException {
    return new Wrapping();
  }

  /** A client of an ingestion at this place. */
  public OpenMonetize client(String url) {
    return OpenMonetize.builder()
        .apiKey("om_dev_key")
        .baseUrl(url)
        .maxRetries(0)
        .flushInterval(Duration.ZERO)
        .shutdownTimeout(Duration.ZERO)
        .logger(logger())
        .build();
  }

  public StandInProviders providers() {
    return providers;
  }

  public OpenMonetize om() {
    return om;
  }

  /** What was logged. */
  public List<String> lines() {
    return lines;
  }

  /** The events that were booked, less what differs each time; none of them holds text. */
  public List<JsonNode> booked() {
    om.flush();
    assertThat(events.toString()).doesNotContain("meter", "größer", "canary");
    return events.stream().<JsonNode>map(Wrapping::withoutVarying).toList();
  }

  private static ObjectNode withoutVarying(JsonNode event) {
    ObjectNode same = event.deepCopy();
    return same.without(List.of("event_id", "timestamp"));
  }

  /** An event as the wrappers report it, with some fields in JSON. */
  public static JsonNode event(String provider, String fields) {
    return parse(
        """
        {"customer_id":"acme","user_id":"ann","feature_id":"chat","metadata":{"plan":"pro"},
         "event_type":"TOKEN_USAGE","provider":"%s",%s}
        """
            .formatted(provider, fields));
  }

  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode batch = JSON.readTree(exchange.getRequestBody()).path("events");
    batch.forEach(events::add);
    byte[] answer = ("{\"accepted\":" + batch.size() + "}").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(202, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private OpenMonetizeLogger logger() {
    return new OpenMonetizeLogger() {
      @Override
      public void debug(String message) {}

      @Override
      public void info(String message) {}

      @Override
      public void warn(String message) {
        lines.add(message);
      }

      @Override
      public void error(String message) {
        lines.add(message);
      }
    };
  }

  @Override
  public void close() {
    om.close();
    server.stop(0);
    providers.close();
  }
}
