package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An app that was written for the existing package, on ours, and on the running system. */
@Timeout(180)
class TypeScriptSdkCompatibilityIT {
  private static final String CUSTOMER = "customer-" + UUID.randomUUID();

  private static TestSystem test;
  private static JsonNode said;
  private static String log;
  private static List<JsonNode> events;

  @BeforeAll
  static void run() throws Exception {
    test = TestSystem.start();
    try (NodeProgram app =
        NodePrograms.of(test).start(Map.of("CUSTOMER", CUSTOMER), "existing-package")) {
      said = app.next();
      app.awaitEnd();
      log = app.logged();
    }
    test.awaitEvents(CUSTOMER, 14);
    events = SettledEvents.of(test, CUSTOMER);
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @Test
  void track_andFlush_bookAllFourKinds() {
    assertThat(of("chat"))
        .containsExactlyInAnyOrder(
            "TOKEN_USAGE gpt-4o 1000/500 {} 0.0075",
            "IMAGE_GENERATION dall-e-3 0/0 {\"images\":\"1\"} null",
            "VIDEO_GENERATION gen-3 0/0 {\"seconds\":\"10\"} null",
            "CUSTOM null 0/0 {\"pages\":\"3\"} null",
            "TOKEN_USAGE gpt-4o 20/10 {} 0.00015");
    assertThat(events)
        .extracting(event -> event.path("metadata").path("conversation").asText(""))
        .contains("c-1", "c-2");
    JsonNode stats = said.path("stats");
    assertThat(stats.path("tracked").asInt()).isEqualTo(11);
    assertThat(stats.path("accepted").asInt()).isEqualTo(11);
  }

  @Test
  void ingestEvents_camelCase_isTakenAtOnce() {
    JsonNode ingested = said.path("ingested");
    assertThat(ingested.path("accepted").asInt()).isEqualTo(1);
    assertThat(ingested.path("rejected").asInt()).isZero();
    assertThat(ingested.path("batch_id").asText()).isNotEmpty();
    assertThat(ingested.path("status").asText()).isEqualTo("processing");
  }

  @Test
  void ingestEvents_refused_throwsWithTheStatus() {
    assertThat(said.path("refused").asInt()).isEqualTo(400);
  }

  @Test
  void batchTracker_flushed_booksEachOnce() {
    assertThat(said.path("pending").asInt()).isEqualTo(3);
    assertThat(said.path("pendingAfter").asInt()).isZero();
    assertThat(of("batch"))
        .hasSize(3)
        .allSatisfy(event -> assertThat(event).isEqualTo("TOKEN_USAGE gpt-4o 1/1 {} 0.0000125"));
  }

  @Test
  void withTracking_answersOfTheThreeProviders_areBooked() {
    assertThat(said.path("answer").path("usage").path("prompt_tokens").asInt()).isEqualTo(7);
    assertThat(of("with-openai")).containsExactly("TOKEN_USAGE gpt-4o 7/3 {} 0.0000475");
    assertThat(of("with-anthropic"))
        .containsExactly("TOKEN_USAGE claude-sonnet-4-5 8/4 {} 0.000084");
    assertThat(of("with-google")).containsExactly("TOKEN_USAGE gemini-2.5-flash 9/5 {} 0.0000152");
  }

  @Test
  void trackUsage_anyCall_givesItsResultAndBooksTheTokens() {
    assertThat(said.path("own").asText()).isEqualTo("result");
    assertThat(of("track-usage")).containsExactly("TOKEN_USAGE mistral-large-latest 6/2 {} null");
  }

  @Test
  void getProxyConfig_andCreateBilledOpenAIConfig_callThroughTheProxy() {
    for (String feature : List.of("proxied", "billed")) {
      assertThat(events)
          .filteredOn(event -> event.path("feature_id").asText().equals(feature))
          .extracting(
              event -> event.path("source").asText(),
              event -> event.path("provider_response_id").asText())
          .containsExactly(tuple("proxy", said.path(feature).asText()));
    }
  }

  @Test
  void helpers_withoutAServer_giveWhatTheyGave() throws Exception {
    assertThat(said.path("normalized"))
        .isEqualTo(
            TestSystem.JSON.readTree(
                """
                [{"inputTokens":1,"outputTokens":2},{"inputTokens":3,"outputTokens":4},\
                {"inputTokens":5,"outputTokens":6}]\
                """));
    assertThat(said.path("credits"))
        .extracting(JsonNode::asText)
        .containsExactly("15,000", "15,000 credits", "$12.50");
  }

  @Test
  void debug_on_logsNeitherKeysNorBodies() {
    assertThat(log)
        .contains("[OpenMonetize]")
        .doesNotContain(test.system().apiKey(), "sk-test", "conversation", CUSTOMER);
  }

  /** Type, model, tokens in and out, other units, and cost. */
  private static List<String> of(String feature) {
    return events.stream()
        .filter(event -> event.path("feature_id").asText().equals(feature))
        .map(
            event ->
                "%s %s %d/%d %s %s"
                    .formatted(
                        event.path("event_type").asText(),
                        event.path("model").asText(),
                        event.path("input_tokens").asInt(),
                        event.path("output_tokens").asInt(),
                        event.path("units"),
                        event.path("cost_usd").asText()))
        .toList();
  }
}
