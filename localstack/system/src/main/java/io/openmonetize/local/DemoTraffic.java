package io.openmonetize.local;

import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Calls like those of a few small products: many at first, then one every few seconds. */
final class DemoTraffic implements AutoCloseable {
  private static final int AT_FIRST = 40;

  /** A demo that is left running overnight should not fill the disk. */
  private static final int ALTOGETHER = 1000;

  private static final Duration PAUSE_AT_FIRST = Duration.ofMillis(150);
  private static final Duration PAUSE = Duration.ofSeconds(4);
  private static final int EVERY_SO_MANY_FAILS = 13;

  private static final List<String> CUSTOMERS = List.of("acme", "globex", "initech", "umbrella");
  private static final List<String> FEATURES =
      List.of("chat", "summaries", "search", "mail-drafts");
  private static final List<Call> CALLS =
      List.of(
          new Call("/v1/messages", Call.ANTHROPIC, "claude-sonnet-4-5", true),
          new Call("/v1/messages", Call.ANTHROPIC, "claude-haiku-4-5", false),
          new Call("/v1/chat/completions", Call.OPENAI, "gpt-4.1-mini", true),
          new Call("/v1/responses", Call.RESPONSES, "gpt-4.1", true),
          new Call(
              "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
              Call.GEMINI,
              "gemini-2.5-flash",
              true),
          new Call("/v1/embeddings", Call.EMBEDDINGS, "text-embedding-3-small", false));

  private final LocalSystem system;
  private final StandInProviders providers;
  private final RandomGenerator random;
  private final Log log;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Thread thread;

  DemoTraffic(LocalSystem system, StandInProviders providers, RandomGenerator random, Log log) {
    this.system = system;
    this.providers = providers;
    this.random = random;
    this.log = log;
  }

  /**
   * @param body with places for the model and for whether to stream
   */
  private record Call(String target, String body, String model, boolean stream) {
    static final String ANTHROPIC =
        """
        {"model":"%s","max_tokens":512,"stream":%s,\
        "messages":[{"role":"user","content":"What is a meter for?"}]}\
        """;
    static final String OPENAI =
        """
        {"model":"%s","stream":%s,\
        "messages":[{"role":"user","content":"What is a meter for?"}]}\
        """;
    static final String RESPONSES =
        """
        {"model":"%s","stream":%s,"input":"What is a meter for?"}\
        """;
    static final String GEMINI =
        """
        {"contents":[{"role":"user","parts":[{"text":"What is a meter for?"}]}]}\
        """;
    static final String EMBEDDINGS =
        """
        {"model":"%s","input":["a meter","a counter"]}\
        """;
  }

  void start() {
    thread = Thread.ofVirtual().name("demo-traffic").start(this::flow);
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
    client.shutdownNow();
  }

  private void flow() {
    try {
      for (int i = 0; i < ALTOGETHER; i++) {
        int number = i;
        Thread.ofVirtual().name("demo-call-" + i).start(() -> call(number));
        Thread.sleep(i < AT_FIRST ? PAUSE_AT_FIRST : PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(int number) {
    if (number % EVERY_SO_MANY_FAILS == EVERY_SO_MANY_FAILS - 1) {
      providers.anthropic().enqueue(AnthropicErrors.rateLimit());
    }
    Call call = CALLS.get(number < CALLS.size() ? number : random.nextInt(CALLS.size()));
    String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(system.proxy() + call.target()))
            .header("Content-Type", "application/json")
            .header("X-OM-Customer-Id", customer)
            .header("X-OM-User-Id", customer + "-user-" + random.nextInt(1, 5))
            .header("X-OM-Feature-Id", FEATURES.get(random.nextInt(FEATURES.size())))
            .header("X-OM-Api-Key", system.apiKey())
            .header("X-OM-Metadata", "{\"demo\":true}")
            .header("Authorization", "Bearer stand-in-key")
            .header("x-goog-api-key", "stand-in-key")
            .POST(BodyPublishers.ofString(call.body().formatted(call.model(), call.stream())))
            .build();
    try {
      client.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      log.debug("demo_call_failed", "cause", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
