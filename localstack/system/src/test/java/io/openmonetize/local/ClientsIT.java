package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.Model;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.StandInProviders;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The providers' own SDKs, with nothing but base URL and headers changed. Called through the proxy
 * they must give what they give when they call the provider directly, and the call must be booked
 * with exactly the tokens that the provider states.
 */
@Timeout(120)
class ClientsIT {
  /** Ids and times are fixed, so that two answers to the same question are the same. */
  private static final Model MODEL =
      new Model(
          body -> StandInProviders.USUAL_REPLY,
          Pace.AT_ONCE,
          () -> "0123456789abcdef0123456789abcdef",
          Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC));

  private static final String ANTHROPIC_TOKENS =
      """
      {"input":120,"cache_read":64,"cache_write":32,"cache_write_1h":16,"output":21,\
      "reasoning":13}\
      """;
  private static final String OPENAI_TOKENS =
      """
      {"input":120,"cache_read":64,"cache_write":48,"output":21,"reasoning":13}\
      """;
  private static final String GEMINI_TOKENS =
      """
      {"input":168,"cache_read":64,"output":21,"reasoning":13}\
      """;

  private static TestSystem test;

  private Map<String, String> headers;

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start(StandInProviders.start(MODEL));
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @BeforeEach
  void takeACustomer() {
    headers = test.headers();
  }

  @Test
  void anthropic_unary_givesTheSameAndIsBooked() throws Exception {
    assertSameAnthropic(client -> client.messages().create(message()));

    assertBooked("ANTHROPIC", "messages", false, ANTHROPIC_TOKENS);
  }

  @Test
  void anthropic_streamed_givesTheSameAndIsBooked() throws Exception {
    assertSameAnthropic(
        client -> {
          try (StreamResponse<RawMessageStreamEvent> stream =
              client.messages().createStreaming(message())) {
            return stream.stream().toList();
          }
        });

    assertBooked("ANTHROPIC", "messages", true, ANTHROPIC_TOKENS);
  }

  @Test
  void anthropic_countingTokens_givesTheSame() {
    MessageCountTokensParams count =
        MessageCountTokensParams.builder().model("claude-sonnet-4-5").addUserMessage("Hi").build();

    assertSameAnthropic(client -> client.messages().countTokens(count));
  }

  @Test
  void anthropic_overItsRateLimit_failsTheSameWay() {
    test.providers().anthropic().enqueue(AnthropicErrors.rateLimit(), AnthropicErrors.rateLimit());

    Throwable direct =
        catchThrowable(
            () -> anthropic(test.providers().anthropic().baseUrl()).messages().create(message()));
    Throwable proxied =
        catchThrowable(() -> anthropic(test.system().proxy()).messages().create(message()));

    assertThat(proxied).hasSameClassAs(direct).hasMessage(direct.getMessage());
    assertThat(((AnthropicServiceException) proxied).headers().values("retry-after"))
        .containsExactly("1");
  }

  @Test
  void openAi_chatUnary_givesTheSameAndIsBooked() throws Exception {
    assertSameOpenAi(client -> client.chat().completions().create(chat().build()));

    assertBooked("OPENAI", "chat_completions", false, OPENAI_TOKENS);
  }

  @Test
  void openAi_chatStreamed_givesTheSameAndIsBookedThoughTheClientAskedForNoUsage()
      throws Exception {
    // Asked for usage, the provider adds a null to every chunk besides the one that is withheld.
    List<List<Object>> chunks =
        assertSameOpenAi(
            client ->
                chunks(client, chat().build()).stream().map(ClientsIT::withoutPadding).toList());

    assertThat(chunks).allMatch(chunk -> chunk.getLast().equals(Optional.empty()));
    assertBooked("OPENAI", "chat_completions", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_chatStreamedWithUsage_givesTheSameAndIsBooked() throws Exception {
    ChatCompletionCreateParams request =
        chat()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    List<ChatCompletionChunk> chunks = assertSameOpenAi(client -> chunks(client, request));

    assertThat(chunks.getLast().usage()).isPresent();
    assertBooked("OPENAI", "chat_completions", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_responsesUnary_givesTheSameAndIsBooked() throws Exception {
    assertSameOpenAi(client -> client.responses().create(response()));

    assertBooked("OPENAI", "responses", false, OPENAI_TOKENS);
  }

  @Test
  void openAi_responsesStreamed_givesTheSameAndIsBooked() throws Exception {
    assertSameOpenAi(
        client -> {
          try (com.openai.core.http.StreamResponse<ResponseStreamEvent> stream =
              client.responses().createStreaming(response())) {
            return stream.stream().toList();
          }
        });

    assertBooked("OPENAI", "responses", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_embeddings_giveTheSameAndAreBooked() throws Exception {
    EmbeddingCreateParams request =
        EmbeddingCreateParams.builder().model("text-embedding-3-small").input("a meter").build();

    assertSameOpenAi(client -> client.embeddings().create(request));

    assertBooked("OPENAI", "embeddings", false, "{\"input\":232}");
  }

  @Test
  void gemini_unary_givesTheSameAndIsBooked() throws Exception {
    assertSameGemini(
        client -> content(client.models.generateContent("gemini-2.5-flash", "Hi", null)));

    assertBooked("GOOGLE", "generate_content", false, GEMINI_TOKENS);
  }

  @Test
  void gemini_streamed_givesTheSameAndIsBooked() throws Exception {
    assertSameGemini(
        client -> {
          List<JsonNode> parts = new ArrayList<>();
          try (ResponseStream<GenerateContentResponse> stream =
              client.models.generateContentStream("gemini-2.5-flash", "Hi", null)) {
            stream.forEach(part -> parts.add(content(part)));
          }
          return parts;
        });

    assertBooked("GOOGLE", "stream_generate_content", true, GEMINI_TOKENS);
  }

  /** A client of each provider, at its stand-in or at the proxy. */
  private interface Clients<C> {
    C at(URI url);
  }

  /** Calls directly, then through the proxy, and gives the latter's result. */
  private static <C, T> T assertSame(URI provider, Clients<C> clients, Function<C, T> call) {
    T direct = call.apply(clients.at(provider));
    T proxied = call.apply(clients.at(test.system().proxy()));
    assertThat(proxied).isEqualTo(direct);
    return proxied;
  }

  private <T> T assertSameAnthropic(Function<AnthropicClient, T> call) {
    return assertSame(test.providers().anthropic().baseUrl(), this::anthropic, call);
  }

  private <T> T assertSameOpenAi(Function<OpenAIClient, T> call) {
    return assertSame(test.providers().openAi().baseUrl(), this::openAi, call);
  }

  private <T> T assertSameGemini(Function<Client, T> call) {
    return assertSame(test.providers().gemini().baseUrl(), this::gemini, call);
  }

  private void assertBooked(String provider, String endpoint, boolean streamed, String tokens)
      throws Exception {
    JsonNode event = test.awaitEvent(headers.get("X-OM-Customer-Id"));
    assertThat(event.path("provider").asText()).isEqualTo(provider);
    assertThat(event.path("endpoint").asText()).isEqualTo(endpoint);
    assertThat(event.path("streamed").asBoolean()).isEqualTo(streamed);
    assertThat(event.path("usage_status").asText()).isEqualTo("exact");
    assertThat(event.path("tokens")).isEqualTo(TestSystem.JSON.readTree(tokens));
    assertThat(test.events(headers.get("X-OM-Customer-Id"))).hasSize(1);
  }

  private AnthropicClient anthropic(URI url) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().apiKey("k").baseUrl(url.toString()).maxRetries(0);
    headers.forEach(builder::putHeader);
    return builder.build();
  }

  private OpenAIClient openAi(URI url) {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().apiKey("k").baseUrl(url + "/v1").maxRetries(0);
    headers.forEach(builder::putHeader);
    return builder.build();
  }

  private Client gemini(URI url) {
    return Client.builder()
        .apiKey("k")
        .httpOptions(HttpOptions.builder().baseUrl(url.toString()).headers(headers).build())
        .build();
  }

  private static MessageCreateParams message() {
    return MessageCreateParams.builder()
        .model("claude-sonnet-4-5")
        .maxTokens(100)
        .addUserMessage("What is a meter for?")
        .build();
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4.1-mini")
        .addUserMessage("What is a meter for?");
  }

  private static List<ChatCompletionChunk> chunks(
      OpenAIClient client, ChatCompletionCreateParams request) {
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(request)) {
      return stream.stream().toList();
    }
  }

  private static List<Object> withoutPadding(ChatCompletionChunk chunk) {
    return List.of(chunk.id(), chunk.choices(), chunk.model(), chunk.usage());
  }

  private static ResponseCreateParams response() {
    return ResponseCreateParams.builder().model("gpt-4.1").input("What is a meter for?").build();
  }

  /** Less what the client tells of the HTTP response, whose headers the proxy adds to. */
  private static JsonNode content(GenerateContentResponse response) {
    try {
      ObjectNode json = (ObjectNode) TestSystem.JSON.readTree(response.toJson());
      json.remove("sdkHttpResponse");
      return json;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
