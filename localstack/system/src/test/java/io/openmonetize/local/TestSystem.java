package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.logging.Log;
import io.openmonetize.queue.PipelineState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The whole system in memory, on free ports, with stand-in providers behind it. */
final class TestSystem implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final long WAIT_NANOS = 60_000_000_000L;

  private final StandInProviders providers;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final LocalSystem system;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable SqsServer queue;

  private TestSystem(StandInProviders providers, Map<String, String> more, @Nullable Path folder)
      throws IOException {
    this.providers = providers;
    Map<String, String> variables = new HashMap<>();
    variables.put("OM_PROXY_PORT", "0");
    variables.put("OM_INGESTION_PORT", "0");
    variables.put("OM_DASHBOARD_PORT", "0");
    variables.put("OM_PROXY_WORKERS", "16");
    variables.put("OM_STOP_WITHIN_MS", "2000");
    variables.put("ANTHROPIC_BASE_URL", providers.anthropic().baseUrl().toString());
    variables.put("OPENAI_BASE_URL", providers.openAi().baseUrl().toString());
    variables.put("GEMINI_BASE_URL", providers.gemini().baseUrl().toString());
    variables.putAll(more);
    Log log = new Log(logged, Log.Level.DEBUG, Clock.systemUTC());
    this.system = LocalSystem.start(new Environment(variables), folder, Clock.systemUTC(), log);
  }

  static TestSystem start() throws IOException {
    return start(Map.of());
  }

  static TestSystem start(Map<String, String> variables) throws IOException {
    return new TestSystem(StandInProviders.start(), variables, null);
  }

  /** On a ledger that is there already. */
  static TestSystem startOn(Path folder) throws IOException {
    // In memory: a process can have the queues of but one folder in all its life.
    SqsServer queue = SqsServer.start();
    TestSystem test =
        new TestSystem(
            StandInProviders.start(),
            Map.of("OM_SQS_ENDPOINT", queue.endpoint().toString()),
            folder);
    test.queue = queue;
    return test;
  }

  static TestSystem start(StandInProviders providers) throws IOException {
    return new TestSystem(providers, Map.of(), null);
  }

  LocalSystem system() {
    return system;
  }

  StandInProviders providers() {
    return providers;
  }

  /** All that the functions have logged so far. */
  String logged() {
    synchronized (logged) {
      return logged.toString(StandardCharsets.UTF_8);
    }
  }

  /** What every call must say, with a customer that nobody else has. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-OM-Customer-Id", "customer-" + UUID.randomUUID());
    headers.put("X-OM-User-Id", "ann");
    headers.put("X-OM-Feature-Id", "chat");
    headers.put("X-OM-Api-Key", system.apiKey());
    return headers;
  }

  HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofByteArray());
  }

  HttpClient http() {
    return http;
  }

  /** The events of a customer, once there are so many. */
  JsonNode awaitEvents(String customerId, int count) throws Exception {
    long deadline = System.nanoTime() + WAIT_NANOS;
    JsonNode events = events(customerId);
    while (events.size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "%d of %d events of %s came: %s".formatted(events.size(), count, customerId, events));
      }
      Thread.sleep(50);
      events = events(customerId);
    }
    return events;
  }

  JsonNode awaitEvent(String customerId) throws Exception {
    return awaitEvents(customerId, 1).get(0);
  }

  JsonNode events(String customerId) throws Exception {
    URI uri = URI.create(system.dashboard() + "/v1/events?customer_id=" + customerId);
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + system.apiKey()).build();
    HttpResponse<byte[]> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(answer.body()).path("data");
  }

  /** Waits until the worker has dealt with all that was reported so far. */
  void awaitBooked() throws InterruptedException {
    Environment environment = new Environment(Map.of("OM_SQS_ENDPOINT", system.queue().toString()));
    long deadline = System.nanoTime() + WAIT_NANOS;
    try (SqsClient sqs = new AwsClients(environment).sqs(Duration.ofSeconds(10))) {
      String dead = sqs.getQueueUrl(q -> q.queueName("openmonetize-usage-dead-letters")).queueUrl();
      PipelineState state = PipelineState.read(sqs, system.queueUrl(), dead);
      while (state.waiting() + state.inHand() > 0) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the queue does not become empty: " + state);
        }
        Thread.sleep(50);
        state = PipelineState.read(sqs, system.queueUrl(), dead);
      }
      if (state.deadLetters() > 0) {
        throw new AssertionError("there are dead letters: " + state);
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    system.close();
    providers.close();
    if (queue != null) {
      queue.close();
    }
  }
}
