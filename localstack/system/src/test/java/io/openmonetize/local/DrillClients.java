package io.openmonetize.local;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The providers' own SDKs, each in threads of its own that call all the time, whatever fails. They
 * do not try again by themselves: a call that is made twice would be two.
 */
final class DrillClients {
  private static final int CUSTOMERS = 3;

  private final String proxy;
  private final String apiKey;
  private final AnthropicClient anthropic;
  private final OpenAIClient openAi;
  private final AtomicInteger made = new AtomicInteger();
  private final Set<Integer> whole = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failed = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  private DrillClients(String proxy, String apiKey) {
    this.proxy = proxy;
    this.apiKey = apiKey;
    this.anthropic =
        AnthropicOkHttpClient.builder().apiKey("k").baseUrl(proxy).maxRetries(0).build();
    this.openAi =
        OpenAIOkHttpClient.builder().apiKey("k").baseUrl(proxy + "/v1").maxRetries(0).build();
  }

  static DrillClients start(String proxy, String apiKey) {
    DrillClients clients = new DrillClients(proxy, apiKey);
    clients.run(clients::anthropicStream);
    clients.run(clients::anthropicUnary);
    clients.run(clients::openAiStream);
    clients.run(clients::openAiUnary);
    clients.run(clients::geminiStream);
    clients.run(clients::geminiUnary);
    return clients;
  }

  int made() {
    return made.get();
  }

  /** The numbers of the calls whose answer came whole. */
  Set<Integer> whole() {
    return whole;
  }

  int failed() {
    return failed.get();
  }

  /** Lets the calls that run end. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    anthropic.close();
    openAi.close();
  }

  private interface Call {
    void make(int number);
  }

  private void run(Call call) {
    threads.add(Thread.ofPlatform().daemon().start(() -> loop(call)));
  }

  private void loop(Call call) {
    while (!stopping) {
      int number = made.incrementAndGet();
      try {
        call.make(number);
        whole.add(number);
      } catch (RuntimeException e) {
        // What is down is down; the drill counts it, and asks whether the books are right.
        failed.incrementAndGet();
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, String> headers(int number) {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-OM-Customer-Id", "drill-customer-" + number % CUSTOMERS);
    headers.put("X-OM-User-Id", "user-" + number % 2);
    headers.put("X-OM-Feature-Id", "drill");
    headers.put("X-OM-Api-Key", apiKey);
    headers.put("X-OM-Metadata", "{\"call\":" + number + "}");
    return headers;
  }

  private void anthropicUnary(int number) {
    anthropic.messages().create(message(number));
  }

  private void anthropicStream(int number) {
    try (StreamResponse<RawMessageStreamEvent> stream =
        anthropic.messages().createStreaming(message(number))) {
      boolean ended = stream.stream().filter(RawMessageStreamEvent::isMessageStop).count() == 1;
      requireWhole(ended);
    }
  }

  private MessageCreateParams message(int number) {
    MessageCreateParams.Builder message =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(100)
            .addUserMessage(DrillProviders.prompt(number));
    headers(number).forEach(message::putAdditionalHeader);
    return message.build();
  }

  private void openAiUnary(int number) {
    openAi.chat().completions().create(chat(number));
  }

  private void openAiStream(int number) {
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(chat(number))) {
      requireWhole(
          stream.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .anyMatch(choice -> choice.finishReason().isPresent()));
    }
  }

  private ChatCompletionCreateParams chat(int number) {
    ChatCompletionCreateParams.Builder chat =
        ChatCompletionCreateParams.builder()
            .model("gpt-4.1-mini")
            .addUserMessage(DrillProviders.prompt(number));
    headers(number).forEach(chat::putAdditionalHeader);
    return chat.build();
  }

  private void geminiUnary(int number) {
    try (Client client = gemini(number)) {
      client.models.generateContent(
          "gemini-2.5-flash",
          DrillProviders.prompt(number),
          GenerateContentConfig.builder().build());
    }
  }

  private void geminiStream(int number) {
    try (Client client = gemini(number);
        ResponseStream<GenerateContentResponse> stream =
            client.models.generateContentStream(
                "gemini-2.5-flash",
                DrillProviders.prompt(number),
                GenerateContentConfig.builder().build())) {
      boolean ended = false;
      for (GenerateContentResponse part : stream) {
        ended |= part.finishReason() != null && !part.finishReason().toString().contains("UNSPEC");
      }
      requireWhole(ended);
    }
  }

  /** One for each call, since its headers are the client's. */
  private Client gemini(int number) {
    return Client.builder()
        .apiKey("k")
        .httpOptions(HttpOptions.builder().baseUrl(proxy).headers(headers(number)).build())
        .build();
  }

  private static void requireWhole(boolean ended) {
    if (!ended) {
      throw new IllegalStateException("the stream ended early");
    }
  }
}
