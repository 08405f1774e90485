package io.openmonetize.local;

import static io.openmonetize.local.SdkCalls.BARE;
import static io.openmonetize.local.SdkCalls.GEMINI;
import static io.openmonetize.local.SdkCalls.directly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.ResponseStreamEvent;
import io.openmonetize.local.SdkCalls.Call;
import io.openmonetize.local.SdkCalls.Clients;
import io.openmonetize.local.SdkCalls.Tracked;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.GeminiErrors;
import io.openmonetize.local.parts.Model;
import io.openmonetize.local.parts.OpenAiErrors;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.Reply;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.local.parts.Tokens;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.CustomEvent;
import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The SDK for Java around the providers' own clients. A wrapped call must give what a bare one
 * gives, and must be booked exactly, and with the same words and the same cost as the call that
 * another customer makes through the proxy.
 */
@Timeout(180)
class JavaSdkIT {
  /** Ids and times are fixed, so that two answers to the same question are the same. */
  private static final Model MODEL =
      new Model(
          JavaSdkIT::reply,
          Pace.AT_ONCE,
          () -> "0123456789abcdef0123456789abcdef",
          Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC));

  /** What an event says that does not depend on the way by which it came. */
  private static final List<String> SAME_BY_BOTH_WAYS =
      List.of(
          "event_type",
          "user_id",
          "feature_id",
          "metadata",
          "provider",
          "model",
          "requested_model",
          "streamed",
          "tokens",
          "input_tokens",
          "output_tokens",
          "units",
          "usage_status",
          "usage_reason",
          "quarantined",
          "service_tier",
          "speed",
          "geography",
          "cost_usd",
          "cost_status",
          "cost_reason",
          "price_book",
          "known_cost_usd",
          "status",
          "error_type",
          "provider_response_id");

  private static final Booked ANTHROPIC =
      new Booked(
          "claude-sonnet-4-5",
          """
          {"input":120,"cache_read":64,"cache_write":32,"cache_write_1h":16,"output":21,\
          "reasoning":13}\
          """,
          "0.0011052");
  private static final String TOKENS =
      """
      {"input":120,"cache_read":64,"output":21,"reasoning":13}\
      """;
  private static final Booked CHAT = new Booked("gpt-4.1-mini", TOKENS, "0.0001088");
  private static final Booked RESPONSE = new Booked("gpt-4.1", TOKENS, "0.000544");
  private static final Booked GOOGLE = new Booked(GEMINI, TOKENS, "0.00012292");

  private static TestSystem test;

  private final SdkLines lines = new SdkLines();
  private Attribution who;
  private OpenMonetize om;

  /** What a call must be booked as. */
  private record Booked(String model, String tokens, String costUsd) {}

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start(StandInProviders.start(MODEL));
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @BeforeEach
  void startClient() {
    who = somebody();
    om =
        OpenMonetize.builder()
            .apiKey(test.system().apiKey())
            .baseUrl(test.system().dashboard().toString())
            .proxyBaseUrl(test.system().proxy().toString())
            .flushInterval(Duration.ZERO)
            .logger(lines)
            .build();
  }

  @AfterEach
  void stopClient() {
    om.close();
    assertThat(lines.all()).as("nothing to complain about").isEmpty();
  }

  @Test
  void anthropic_unary_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.ANTHROPIC,
        SdkCalls::anthropic,
        (client, wrap) -> wrap.around(() -> client.messages().create(SdkCalls.message())),
        false,
        ANTHROPIC);
  }

  @Test
  void anthropic_streamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.ANTHROPIC,
        SdkCalls::anthropic,
        (client, wrap) -> {
          try (StreamResponse<RawMessageStreamEvent> stream =
              wrap.around(() -> client.messages().createStreaming(SdkCalls.message()))) {
            return stream.stream().toList();
          }
        },
        true,
        ANTHROPIC);
  }

  @Test
  void anthropic_async_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.ANTHROPIC,
        SdkCalls::anthropic,
        (client, wrap) ->
            wrap.around(() -> client.async().messages().create(SdkCalls.message())).get(),
        false,
        ANTHROPIC);
  }

  @Test
  void anthropic_asyncStreamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.ANTHROPIC,
        SdkCalls::anthropic,
        (client, wrap) -> {
          List<RawMessageStreamEvent> events = new CopyOnWriteArrayList<>();
          wrap.around(() -> client.async().messages().createStreaming(SdkCalls.message()))
              .subscribe(events::add)
              .onCompleteFuture()
              .get();
          return events;
        },
        true,
        ANTHROPIC);
  }

  @Test
  void openAi_chatUnary_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) -> wrap.around(() -> client.chat().completions().create(SdkCalls.chat())),
        false,
        CHAT);
  }

  @Test
  void openAi_chatStreamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) -> {
          try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
              wrap.around(
                  () -> client.chat().completions().createStreaming(SdkCalls.chatWithUsage()))) {
            return stream.stream().toList();
          }
        },
        true,
        CHAT);
  }

  @Test
  void openAi_chatAsync_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) ->
            wrap.around(() -> client.async().chat().completions().create(SdkCalls.chat())).get(),
        false,
        CHAT);
  }

  @Test
  void openAi_chatAsyncStreamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) -> {
          List<ChatCompletionChunk> chunks = new CopyOnWriteArrayList<>();
          wrap.around(
                  () ->
                      client.async().chat().completions().createStreaming(SdkCalls.chatWithUsage()))
              .subscribe(chunks::add)
              .onCompleteFuture()
              .get();
          return chunks;
        },
        true,
        CHAT);
  }

  @Test
  void openAi_responsesUnary_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) -> wrap.around(() -> client.responses().create(SdkCalls.response())),
        false,
        RESPONSE);
  }

  @Test
  void openAi_responsesStreamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) -> {
          try (com.openai.core.http.StreamResponse<ResponseStreamEvent> stream =
              wrap.around(() -> client.responses().createStreaming(SdkCalls.response()))) {
            return stream.stream().toList();
          }
        },
        true,
        RESPONSE);
  }

  @Test
  void openAi_embeddings_areBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) -> wrap.around(() -> client.embeddings().create(SdkCalls.embedding())),
        false,
        new Booked("text-embedding-3-small", "{\"input\":184}", "0.00000368"));
  }

  @Test
  void gemini_unary_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.GOOGLE,
        SdkCalls::gemini,
        (client, wrap) ->
            content(wrap.around(() -> client.models.generateContent(GEMINI, "Hi", null))),
        false,
        GOOGLE);
  }

  @Test
  void gemini_streamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.GOOGLE,
        SdkCalls::gemini,
        (client, wrap) ->
            contents(wrap.around(() -> client.models.generateContentStream(GEMINI, "Hi", null))),
        true,
        GOOGLE);
  }

  @Test
  void gemini_async_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.GOOGLE,
        SdkCalls::gemini,
        (client, wrap) ->
            content(
                wrap.around(() -> client.async.models.generateContent(GEMINI, "Hi", null)).get()),
        false,
        GOOGLE);
  }

  @Test
  void gemini_asyncStreamed_isBookedAsThroughTheProxy() throws Exception {
    assertCounted(
        Provider.GOOGLE,
        SdkCalls::gemini,
        (client, wrap) ->
            contents(
                wrap.around(() -> client.async.models.generateContentStream(GEMINI, "Hi", null))
                    .get()),
        true,
        GOOGLE);
  }

  /**
   * What a stream had said when its reader left is what the SDK knows; the proxy reads on to the
   * end, and books what the provider bills.
   */
  @Test
  void anthropic_leftAfterTheFirstEvent_isPartialAndThroughTheProxyExact() throws Exception {
    Call<com.anthropic.client.AnthropicClient, Object> leave =
        (client, wrap) -> {
          try (StreamResponse<RawMessageStreamEvent> stream =
              wrap.around(() -> client.messages().createStreaming(SdkCalls.message()))) {
            return stream.stream().iterator().next();
          }
        };
    Object direct = call(Provider.ANTHROPIC, SdkCalls::anthropic, leave);
    assertThat(tracked(Provider.ANTHROPIC, SdkCalls::anthropic, leave)).isEqualTo(direct);

    JsonNode event = flushed();
    assertThat(event.path("usage_status").asText()).isEqualTo("partial");
    assertThat(event.path("streamed").asBoolean()).isTrue();
    assertThat(event.path("model").asText()).isEqualTo("claude-sonnet-4-5");
    assertThat(event.path("tokens"))
        .isEqualTo(
            json(
                """
                {"input":120,"cache_read":64,"cache_write":32,"cache_write_1h":16,"reasoning":1}\
                """));
    JsonNode proxied = proxied(Provider.ANTHROPIC, SdkCalls::anthropic, leave);
    assertThat(proxied.path("usage_status").asText()).isEqualTo("exact");
    assertThat(proxied.path("tokens")).isEqualTo(json(ANTHROPIC.tokens()));
  }

  @Test
  void openAi_leftAfterTheFirstChunk_isMissingAndThroughTheProxyExact() throws Exception {
    Call<com.openai.client.OpenAIClient, Object> leave =
        (client, wrap) -> {
          try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
              wrap.around(
                  () -> client.chat().completions().createStreaming(SdkCalls.chatWithUsage()))) {
            return stream.stream().iterator().next();
          }
        };
    tracked(Provider.OPENAI, SdkCalls::openAi, leave);

    JsonNode event = flushed();
    assertThat(event.path("usage_status").asText()).isEqualTo("missing");
    assertThat(event.path("model").asText()).isEqualTo("gpt-4.1-mini");
    assertThat(event.path("cost_usd").isNull()).isTrue();
    JsonNode proxied = proxied(Provider.OPENAI, SdkCalls::openAi, leave);
    assertThat(proxied.path("usage_status").asText()).isEqualTo("exact");
    assertThat(proxied.path("tokens")).isEqualTo(json(CHAT.tokens()));
  }

  @Test
  void gemini_leftAfterTheFirstPart_isPartialAndThroughTheProxyExact() throws Exception {
    Call<com.google.genai.Client, Object> leave =
        (client, wrap) -> {
          try (ResponseStream<GenerateContentResponse> stream =
              wrap.around(() -> client.models.generateContentStream(GEMINI, "Hi", null))) {
            Iterator<GenerateContentResponse> parts = stream.iterator();
            return content(parts.next());
          }
        };
    tracked(Provider.GOOGLE, SdkCalls::gemini, leave);

    JsonNode event = flushed();
    assertThat(event.path("usage_status").asText()).isEqualTo("partial");
    assertThat(event.path("model").asText()).isEqualTo(GEMINI);
    assertThat(event.path("tokens").path("input").asLong()).isEqualTo(120);
    JsonNode proxied = proxied(Provider.GOOGLE, SdkCalls::gemini, leave);
    assertThat(proxied.path("usage_status").asText()).isEqualTo("exact");
    assertThat(proxied.path("tokens")).isEqualTo(json(GOOGLE.tokens()));
  }

  @Test
  void anthropic_refused_failsTheSameWayAndBooksNothing() throws Exception {
    assertFailsTheSame(
        test.providers().anthropic(),
        AnthropicErrors.overloaded(),
        Provider.ANTHROPIC,
        SdkCalls::anthropic,
        (client, wrap) -> wrap.around(() -> client.messages().create(SdkCalls.message())));
  }

  @Test
  void anthropic_refusedAsync_failsTheSameWayAndBooksNothing() throws Exception {
    assertFailsTheSame(
        test.providers().anthropic(),
        AnthropicErrors.rateLimit(),
        Provider.ANTHROPIC,
        SdkCalls::anthropic,
        (client, wrap) ->
            wrap.around(() -> client.async().messages().create(SdkCalls.message())).get());
  }

  @Test
  void openAi_refusedStream_failsTheSameWayAndBooksNothing() throws Exception {
    assertFailsTheSame(
        test.providers().openAi(),
        OpenAiErrors.rateLimit(),
        Provider.OPENAI,
        SdkCalls::openAi,
        (client, wrap) ->
            wrap.around(
                () -> client.chat().completions().createStreaming(SdkCalls.chatWithUsage())));
  }

  @Test
  void gemini_refused_failsTheSameWayAndBooksNothing() throws Exception {
    assertFailsTheSame(
        test.providers().gemini(),
        GeminiErrors.invalid("There is no such model"),
        Provider.GOOGLE,
        SdkCalls::gemini,
        (client, wrap) -> wrap.around(() -> client.models.generateContent(GEMINI, "Hi", null)));
  }

  @Test
  void anthropic_wrappedAndThroughTheProxy_isOneEventAsTheProxyReadIt() throws Exception {
    try (StreamResponse<RawMessageStreamEvent> stream =
        new Tracked(om, Provider.ANTHROPIC, who)
            .around(
                () ->
                    SdkCalls.anthropic(om.proxyConfig(Provider.ANTHROPIC, who))
                        .messages()
                        .createStreaming(SdkCalls.message()))) {
      assertThat(stream.stream().toList()).isNotEmpty();
    }

    assertOneEventOfTheProxy(ANTHROPIC);
  }

  @Test
  void openAi_wrappedAndThroughTheProxy_isOneEventAsTheProxyReadIt() throws Exception {
    new Tracked(om, Provider.OPENAI, who)
        .around(
            () ->
                SdkCalls.openAi(om.proxyConfig(Provider.OPENAI, who))
                    .chat()
                    .completions()
                    .create(SdkCalls.chat()));

    assertOneEventOfTheProxy(CHAT);
  }

  @Test
  void gemini_wrappedAndThroughTheProxy_isOneEventAsTheProxyReadIt() throws Exception {
    new Tracked(om, Provider.GOOGLE, who)
        .around(
            () ->
                SdkCalls.gemini(om.proxyConfig(Provider.GOOGLE, who))
                    .models
                    .generateContent(GEMINI, "Hi", null));

    assertOneEventOfTheProxy(GOOGLE);
  }

  @Test
  void anthropic_wrappedThroughTheProxyAndLeft_isOneExactEvent() throws Exception {
    try (StreamResponse<RawMessageStreamEvent> stream =
        new Tracked(om, Provider.ANTHROPIC, who)
            .around(
                () ->
                    SdkCalls.anthropic(om.proxyConfig(Provider.ANTHROPIC, who))
                        .messages()
                        .createStreaming(SdkCalls.message()))) {
      assertThat(stream.stream().iterator().next().isMessageStart()).isTrue();
    }

    assertOneEventOfTheProxy(ANTHROPIC);
  }

  private void assertOneEventOfTheProxy(Booked booked) throws Exception {
    assertThat(om.flush()).isEqualTo(accepted(1));
    JsonNode event = test.awaitEvent(who.customerId());
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!event.path("source").asText().equals("proxy")) {
      assertThat(System.nanoTime()).as("the proxy's report: " + event).isLessThan(deadline);
      Thread.sleep(50);
      event = test.awaitEvent(who.customerId());
    }
    test.awaitBooked();
    assertThat(test.events(who.customerId())).hasSize(1);
    event = test.awaitEvent(who.customerId());
    assertThat(event.path("usage_status").asText()).isEqualTo("exact");
    assertThat(event.path("tokens")).isEqualTo(json(booked.tokens()));
    assertThat(event.path("cost_usd").asText()).isEqualTo(booked.costUsd());
    assertThat(test.logged()).doesNotContain("event.conflict");
  }

  /** Bare, wrapped, and by another customer through the proxy. */
  private <C, T> void assertCounted(
      Provider provider, Clients<C> clients, Call<C, T> call, boolean streamed, Booked booked)
      throws Exception {
    T bare = call(provider, clients, call);
    T wrapped = tracked(provider, clients, call);
    assertThat(wrapped).isEqualTo(bare);

    JsonNode event = flushed();
    assertThat(event.path("source").asText()).isEqualTo("sdk");
    assertThat(event.path("provider").asText()).isEqualTo(provider.name());
    assertThat(event.path("model").asText()).isEqualTo(booked.model());
    assertThat(event.path("streamed").asBoolean()).isEqualTo(streamed);
    assertThat(event.path("usage_status").asText()).isEqualTo("exact");
    assertThat(event.path("status").asText()).isEqualTo("ok");
    assertThat(event.path("tokens")).isEqualTo(json(booked.tokens()));
    assertThat(event.path("cost_usd").asText()).isEqualTo(booked.costUsd());
    JsonNode proxied = proxied(provider, clients, call);
    assertThat(proxied.path("source").asText()).isEqualTo("proxy");
    for (String field : SAME_BY_BOTH_WAYS) {
      assertThat(event.get(field)).as(field).isEqualTo(proxied.get(field));
    }
  }

  private static <C, T> T call(Provider provider, Clients<C> clients, Call<C, T> call)
      throws Exception {
    return call.of(clients.at(directly(test.providers(), provider)), BARE);
  }

  private <C, T> T tracked(Provider provider, Clients<C> clients, Call<C, T> call)
      throws Exception {
    return call.of(
        clients.at(directly(test.providers(), provider)), new Tracked(om, provider, who));
  }

  /** Its event. */
  private <C, T> JsonNode proxied(Provider provider, Clients<C> clients, Call<C, T> call)
      throws Exception {
    Attribution other = somebody();
    call.of(clients.at(om.proxyConfig(provider, other)), BARE);
    return test.awaitEvent(other.customerId());
  }

  /** The one event that was tracked. */
  private JsonNode flushed() throws Exception {
    assertThat(om.flush()).isEqualTo(accepted(1));
    JsonNode event = test.awaitEvent(who.customerId());
    assertThat(test.events(who.customerId())).hasSize(1);
    return event;
  }

  private <C, T> void assertFailsTheSame(
      FakeProvider standIn, Script error, Provider provider, Clients<C> clients, Call<C, T> call)
      throws Exception {
    standIn.enqueue(error, error);
    Throwable bare = catchThrowable(() -> call(provider, clients, call));
    Throwable wrapped = catchThrowable(() -> tracked(provider, clients, call));

    assertThat(wrapped).isNotNull().hasSameClassAs(bare).hasMessage(bare.getMessage());
    if (bare.getCause() != null) {
      assertThat(wrapped.getCause()).hasSameClassAs(bare.getCause());
      assertThat(wrapped.getCause()).hasMessage(bare.getCause().getMessage());
    }
    assertThat(om.stats().tracked()).isZero();
    om.trackCustomEvent(CustomEvent.builder().who(who).unitType("afterwards").quantity(1).build());
    assertThat(flushed().path("event_type").asText()).isEqualTo("CUSTOM");
  }

  /** With tokens of every class that the model has a price for. */
  private static Reply reply(byte[] request) {
    boolean anthropic = new String(request, StandardCharsets.UTF_8).contains("\"claude-");
    return anthropic
        ? StandInProviders.USUAL_REPLY
        : new Reply(StandInProviders.USUAL_REPLY.pieces(), new Tokens(120, 64, 0, 0, 21, 13));
  }

  private static FlushReport accepted(int events) {
    return new FlushReport(events, 0, List.of(), 0, 0);
  }

  private static Attribution somebody() {
    return Attribution.of("customer-" + UUID.randomUUID(), "ann", "chat")
        .withMetadata(Map.of("plan", "pro"));
  }

  private static List<JsonNode> contents(ResponseStream<GenerateContentResponse> stream) {
    List<JsonNode> parts = new ArrayList<>();
    try (stream) {
      stream.forEach(part -> parts.add(content(part)));
    }
    return parts;
  }

  /** Less what the client tells of the HTTP response. */
  private static JsonNode content(GenerateContentResponse response) {
    try {
      ObjectNode json = (ObjectNode) TestSystem.JSON.readTree(response.toJson());
      json.remove("sdkHttpResponse");
      return json;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return TestSystem.JSON.readTree(text);
  }
}
