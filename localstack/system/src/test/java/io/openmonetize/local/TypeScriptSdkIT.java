package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.Model;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.StandInProviders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The providers' own TypeScript clients, wrapped by our package: an app must see what it sees
 * without, and the ledger must have what it has of the same call through the proxy.
 */
@Timeout(180)
class TypeScriptSdkIT {
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

  /** What a call means for the bill, whoever reported it. */
  private static final List<String> BILLED =
      List.of(
          "event_type",
          "user_id",
          "feature_id",
          "metadata",
          "provider",
          "model",
          "streamed",
          "tokens",
          "input_tokens",
          "output_tokens",
          "units",
          "usage_status",
          "service_tier",
          "cost_usd",
          "known_cost_usd",
          "cost_status",
          "provider_response_id");

  private static TestSystem test;
  private static NodePrograms programs;

  private String customer;

  @BeforeAll
  static void start() throws Exception {
    test = TestSystem.start(StandInProviders.start(MODEL));
    programs = NodePrograms.of(test);
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @BeforeEach
  void takeACustomer() {
    customer = "customer-" + UUID.randomUUID();
  }

  @Test
  void anthropic_unary_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("anthropic-unary", false, ANTHROPIC_TOKENS);
  }

  @Test
  void anthropic_withResponse_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("anthropic-with-response", false, ANTHROPIC_TOKENS);
  }

  @Test
  void anthropic_streamed_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("anthropic-streamed", true, ANTHROPIC_TOKENS);
  }

  @Test
  void anthropic_streamHelper_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("anthropic-stream-helper", true, ANTHROPIC_TOKENS);
  }

  @Test
  void openAi_chatUnary_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("openai-chat-unary", false, OPENAI_TOKENS);
  }

  @Test
  void openAi_chatStreamed_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("openai-chat-streamed", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_chatStreamHelper_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("openai-chat-stream-helper", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_responsesUnary_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("openai-responses-unary", false, OPENAI_TOKENS);
  }

  @Test
  void openAi_responsesStreamed_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("openai-responses-streamed", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_responsesStreamHelper_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("openai-responses-stream-helper", true, OPENAI_TOKENS);
  }

  @Test
  void openAi_embeddings_areSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    // They have no id by which two reports of one call could be told from two calls.
    JsonNode said = run("openai-embeddings", "direct", "wrapped", "proxied");

    assertSeenUnchanged(said, "wrapped", "proxied");
    assertBookedAlike(false, "{\"input\":232}");
  }

  @Test
  void gemini_unary_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("gemini-unary", false, GEMINI_TOKENS);
  }

  @Test
  void gemini_streamed_isSeenUnchangedAndBookedAsByTheProxy() throws Exception {
    assertSameEverywhere("gemini-streamed", true, GEMINI_TOKENS);
  }

  @Test
  void anthropic_earlyBreak_isBookedAsPartial() throws Exception {
    JsonNode event = seenUnchangedAndBooked("anthropic-early-break");

    assertThat(event.path("usage_status").asText()).isEqualTo("partial");
    assertThat(event.path("tokens"))
        .isEqualTo(
            json(
                """
                {"input":120,"cache_read":64,"cache_write":32,"cache_write_1h":16,"reasoning":1}\
                """));
  }

  @Test
  void anthropic_abort_isBookedAsPartial() throws Exception {
    Script silent = anthropicBeginning().silence();
    test.providers().anthropic().enqueue(silent, silent);

    JsonNode event = seenUnchangedAndBooked("anthropic-abort");

    assertThat(event.path("usage_status").asText()).isEqualTo("partial");
    assertThat(event.path("tokens")).isEqualTo(json("{\"input\":120,\"output\":1}"));
  }

  @Test
  void openAi_chatEarlyBreak_isBookedAsMissing() throws Exception {
    JsonNode event = seenUnchangedAndBooked("openai-chat-early-break");

    assertThat(event.path("usage_status").asText()).isEqualTo("missing");
    assertThat(event.path("model").asText()).isEqualTo("gpt-5.6-luna");
    assertThat(event.path("cost_usd").isNull()).isTrue();
  }

  @Test
  void openAi_chatStreamedWithoutUsage_isBookedAsMissing() throws Exception {
    JsonNode event = seenUnchangedAndBooked("openai-chat-streamed-without-usage");

    assertThat(event.path("usage_status").asText()).isEqualTo("missing");
    assertThat(event.path("cost_usd").isNull()).isTrue();
  }

  @Test
  void openAi_responsesAbort_isBookedAsMissing() throws Exception {
    Script silent = responseBeginning().silence();
    test.providers().openAi().enqueue(silent, silent);

    JsonNode event = seenUnchangedAndBooked("openai-responses-abort");

    assertThat(event.path("usage_status").asText()).isEqualTo("missing");
    assertThat(event.path("cost_usd").isNull()).isTrue();
  }

  @Test
  void gemini_earlyBreak_isBookedAsPartial() throws Exception {
    JsonNode event = seenUnchangedAndBooked("gemini-early-break");

    assertThat(event.path("usage_status").asText()).isEqualTo("partial");
    assertThat(event.path("tokens").path("reasoning").asInt()).isEqualTo(13);
  }

  @Test
  void anthropic_connectionLostInAStream_isTheSameErrorAndBookedAsTheProxyDoes() throws Exception {
    Script cut = anthropicBeginning().pause(Duration.ofMillis(200)).cut();
    test.providers().anthropic().enqueue(cut, cut, cut);

    JsonNode said = run("anthropic-streamed", "direct", "wrapped", "proxied");

    assertThat(said.path("saw").path("direct").has("error")).isTrue();
    assertThat(said.path("saw").path("wrapped")).isEqualTo(said.path("saw").path("direct"));
    JsonNode wrapped = only("wrapped");
    test.awaitEvents(customer + "-proxied", 1);
    assertThat(wrapped.path("usage_status").asText()).isEqualTo("partial");
    assertThat(billed(wrapped)).isEqualTo(billed(only("proxied")));
  }

  @Test
  void anthropic_overItsRateLimit_isTheSameErrorAndNothingIsBooked() throws Exception {
    test.providers().anthropic().enqueue(AnthropicErrors.rateLimit(), AnthropicErrors.rateLimit());

    assertSameErrorAndNothingBooked("anthropic-unary", Map.of(), 429);
  }

  @Test
  void anthropic_overloadedBeforeAStream_isTheSameErrorAndNothingIsBooked() throws Exception {
    test.providers()
        .anthropic()
        .enqueue(AnthropicErrors.overloaded(), AnthropicErrors.overloaded());

    assertSameErrorAndNothingBooked("anthropic-stream-helper", Map.of(), 529);
  }

  @Test
  void openAi_wrongKey_isTheSameErrorAndNothingIsBooked() throws Exception {
    assertSameErrorAndNothingBooked("openai-responses-streamed", wrongKey(), 401);
  }

  @Test
  void gemini_wrongKey_isTheSameErrorAndNothingIsBooked() throws Exception {
    assertSameErrorAndNothingBooked("gemini-unary", wrongKey(), 400);
  }

  /** Direct, wrapped, through the proxy, and both at once. */
  private void assertSameEverywhere(String call, boolean streamed, String tokens) throws Exception {
    JsonNode said = run(call, "direct", "wrapped", "proxied", "both");

    assertSeenUnchanged(said, "wrapped", "proxied", "both");
    assertThat(said.path("report").path("accepted").asInt()).isEqualTo(2);
    assertBookedAlike(streamed, tokens);
    awaitSource("both", "proxy");
    assertThat(billed(only("both"))).isEqualTo(billed(only("proxied")));
  }

  private static void assertSeenUnchanged(JsonNode said, String... ways) {
    JsonNode direct = said.path("saw").path("direct");
    assertThat(direct.has("result")).as(direct.toString()).isTrue();
    for (String way : ways) {
      assertThat(said.path("saw").path(way)).as(way).isEqualTo(direct);
    }
    assertThat(said.path("report").path("failed")).isEmpty();
    assertThat(said.path("report").path("dropped").asInt()).isZero();
  }

  private void assertBookedAlike(boolean streamed, String tokens) throws Exception {
    awaitSource("proxied", "proxy");
    JsonNode wrapped = only("wrapped");
    assertThat(wrapped.path("source").asText()).isEqualTo("sdk");
    assertThat(wrapped.path("usage_status").asText()).isEqualTo("exact");
    assertThat(wrapped.path("cost_status").asText()).isEqualTo("priced");
    assertThat(wrapped.path("streamed").asBoolean()).isEqualTo(streamed);
    assertThat(wrapped.path("tokens")).isEqualTo(json(tokens));
    assertThat(billed(wrapped)).isEqualTo(billed(only("proxied")));
  }

  private JsonNode seenUnchangedAndBooked(String call) throws Exception {
    JsonNode said = run(call, "direct", "wrapped");

    assertSeenUnchanged(said, "wrapped");
    assertThat(said.path("report").path("accepted").asInt()).isEqualTo(1);
    JsonNode event = only("wrapped");
    assertThat(event.path("streamed").asBoolean()).isTrue();
    return event;
  }

  private void assertSameErrorAndNothingBooked(
      String call, Map<String, String> variables, int status) throws Exception {
    JsonNode said = run(call, variables, "direct", "wrapped");

    JsonNode error = said.path("saw").path("direct").path("error");
    assertThat(error.path("status").asInt()).as(said.toString()).isEqualTo(status);
    assertThat(said.path("saw").path("wrapped").path("error")).isEqualTo(error);
    assertThat(said.path("stats").path("tracked").asInt()).isZero();
    assertThat(SettledEvents.of(test, customer + "-wrapped")).isEmpty();
  }

  private JsonNode run(String call, String... ways) throws Exception {
    return run(call, Map.of(), ways);
  }

  private JsonNode run(String call, Map<String, String> variables, String... ways)
      throws Exception {
    Map<String, String> all = new HashMap<>(variables);
    all.put("CUSTOMER", customer);
    String[] arguments = Arrays.copyOf(new String[] {call}, ways.length + 1);
    System.arraycopy(ways, 0, arguments, 1, ways.length);
    try (NodeProgram program = programs.start(all, "provider-call", arguments)) {
      JsonNode said = program.next();
      program.awaitEnd();
      return said;
    }
  }

  private JsonNode only(String way) throws Exception {
    List<JsonNode> events = SettledEvents.of(test, customer + "-" + way);
    assertThat(events).as(way).hasSize(1);
    return events.getFirst();
  }

  /** The proxy books after it has answered. */
  private void awaitSource(String way, String source) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    String of = customer + "-" + way;
    while (!test.events(of).path(0).path("source").asText().equals(source)) {
      assertThat(System.nanoTime()).as("no event of %s came", source).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private static Map<String, JsonNode> billed(JsonNode event) {
    Map<String, JsonNode> billed = new TreeMap<>();
    BILLED.forEach(field -> billed.put(field, event.path(field)));
    return billed;
  }

  private static Map<String, String> wrongKey() {
    return Map.of("PROVIDER_KEY", StandInProviders.REFUSED_KEY);
  }

  private static Script anthropicBeginning() {
    return Script.sse()
        .send(
            """
            event: message_start
            data: {"type":"message_start","message":{"model":"claude-sonnet-4-5","id":"msg_01cut",\
            "type":"message","role":"assistant","content":[],"stop_reason":null,\
            "stop_sequence":null,"usage":{"input_tokens":120,"output_tokens":1,\
            "service_tier":"standard"}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text",\
            "text":""}}

            """);
  }

  private static Script responseBeginning() {
    String response =
        """
        {"id":"resp_01cut","object":"response","created_at":1790000000,"status":"in_progress",\
        "model":"gpt-4.1","output":[],"usage":null}\
        """;
    return Script.sse()
        .send(
            """
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":%1$s}

            event: response.in_progress
            data: {"type":"response.in_progress","sequence_number":1,"response":%1$s}

            """
                .formatted(response));
  }

  private static JsonNode json(String text) throws Exception {
    return TestSystem.JSON.readTree(text);
  }
}
