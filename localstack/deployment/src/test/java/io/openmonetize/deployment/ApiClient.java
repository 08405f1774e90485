package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/** Who uses the system: an SDK that reports, a caller of the proxy, an operator. */
final class ApiClient implements AutoCloseable {
  private static final Duration COMES_WITHIN = Duration.ofSeconds(90);
  private static final String MESSAGE =
      """
      {"stream":true,"model":"claude-sonnet-4-5","max_tokens":16,\
      "messages":[{"role":"user","content":"Hi"}]}\
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI api;
  private final URI proxy;
  private final String apiKey;

  ApiClient(URI api, URI proxy, String apiKey) {
    this.api = api;
    this.proxy = proxy;
    this.apiKey = apiKey;
  }

  /** An event of 1,000 input tokens. */
  static ObjectNode event(String customer) {
    return CloudAssembly.JSON
        .createObjectNode()
        .put("event_id", UUID.randomUUID().toString())
        .put("customer_id", customer)
        .put("event_type", "TOKEN_USAGE")
        .put("feature_id", "chat")
        .put("provider", "ANTHROPIC")
        .put("model", "claude-sonnet-4-5")
        .put("input_tokens", 1000)
        .put("timestamp", Instant.now().toString());
  }

  /** Reports events and demands that all are taken. */
  void report(ObjectNode... events) throws Exception {
    ObjectNode batch = CloudAssembly.JSON.createObjectNode();
    for (ObjectNode event : events) {
      batch.withArray("events").add(event);
    }
    expect(
        202,
        HttpRequest.newBuilder(api.resolve("/v1/events/ingest"))
            .header("Content-Type", "application/json")
            .header("X-API-Key", apiKey)
            .POST(BodyPublishers.ofString(batch.toString())));
  }

  HttpResponse<String> message(String customer, String key) throws Exception {
    return http.send(
        HttpRequest.newBuilder(proxy.resolve("/v1/messages"))
            .header("Content-Type", "application/json")
            .header("x-api-key", "provider-key")
            .header("anthropic-version", "2023-06-01")
            .header("X-OM-Customer-Id", customer)
            .header("X-OM-User-Id", "ann")
            .header("X-OM-Feature-Id", "chat")
            .header("X-OM-Api-Key", key)
            .POST(BodyPublishers.ofString(MESSAGE))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode events(String customer) throws Exception {
    return expect(200, reader("/v1/events?customer_id=" + customer)).path("data");
  }

  JsonNode awaitEvents(String customer, Predicate<JsonNode> as) throws Exception {
    long deadline = System.nanoTime() + COMES_WITHIN.toNanos();
    while (true) {
      JsonNode events = events(customer);
      if (as.test(events)) {
        return events;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not what was to come: " + events);
      }
      Thread.sleep(100);
    }
  }

  /** An operator's session, as its cookie. */
  String signIn(String name, String password) throws Exception {
    String body =
        CloudAssembly.JSON
            .createObjectNode()
            .put("name", name)
            .put("password", password)
            .toString();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(api.resolve("/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
  }

  JsonNode deadLetters(String cookie) throws Exception {
    return expect(
            200,
            HttpRequest.newBuilder(api.resolve("/v1/pipeline/dead-letters"))
                .header("Cookie", cookie))
        .path("data");
  }

  void redriveAll(String cookie) throws Exception {
    expect(
        200,
        HttpRequest.newBuilder(api.resolve("/v1/pipeline/dead-letters/redrive"))
            .header("Cookie", cookie)
            .header("X-OM-CSRF", "1")
            .POST(BodyPublishers.noBody()));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder reader(String path) {
    return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + apiKey);
  }

  private JsonNode expect(int status, HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new AssertionError(
          "%s: %d %s".formatted(answer.uri(), answer.statusCode(), answer.body()));
    }
    return CloudAssembly.JSON.readTree(answer.body());
  }
}
