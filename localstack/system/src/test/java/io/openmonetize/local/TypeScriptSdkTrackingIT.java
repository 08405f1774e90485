package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a TypeScript app tracked is what is booked, and what its reads give back. */
@Timeout(180)
class TypeScriptSdkTrackingIT {
  private static final String USER = "user-" + UUID.randomUUID();
  private static final String CUSTOMER = "customer-" + UUID.randomUUID();
  private static final Instant WHEN = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);

  private static TestSystem test;
  private static JsonNode tracked;
  private static List<JsonNode> events;
  private static JsonNode read;

  @BeforeAll
  static void trackAndRead() throws Exception {
    test = TestSystem.start();
    NodePrograms programs = NodePrograms.of(test);
    Map<String, String> variables = new HashMap<>();
    variables.put("CUSTOMER", CUSTOMER);
    variables.put("USER_ALONE", USER);
    variables.put("TIMESTAMP", WHEN.toString());
    variables.put("FROM", WHEN.minus(2, ChronoUnit.DAYS).toString());
    variables.put("TO", WHEN.plus(2, ChronoUnit.HOURS).toString());
    try (NodeProgram app = programs.start(variables, "track-all")) {
      tracked = app.next();
      app.awaitEnd();
    }
    events = SettledEvents.of(test, CUSTOMER);
    try (NodeProgram app = programs.start(variables, "read-all")) {
      read = app.next();
      app.awaitEnd();
    }
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @Test
  void flush_allKinds_reportsEachAndTheRepeatOfOne() throws Exception {
    assertThat(tracked.path("report"))
        .isEqualTo(
            json(
                """
                {"accepted":8,"duplicates":1,"failed":[],"dropped":0,"pending":0}\
                """));
    assertThat(tracked.path("stats"))
        .isEqualTo(
            json(
                """
                {"tracked":9,"accepted":8,"duplicates":1,"failed":0,"dropped":0,"queued":0}\
                """));
    assertThat(events).hasSize(8);
  }

  @Test
  void event_ofAnyKind_isAsItWasTracked() {
    assertThat(events)
        .extracting(
            event -> event.path("event_type").asText(),
            event -> event.path("model").asText(),
            event -> event.path("tokens").toString(),
            event -> event.path("units").toString(),
            event -> event.path("cost_usd").asText())
        .containsExactlyInAnyOrder(
            // 800 x 2.50, 200 x 1.25 and 500 x 10 dollars a million.
            tuple(
                "TOKEN_USAGE",
                "gpt-4o",
                "{\"input\":800,\"cache_read\":200,\"output\":500}",
                "{}",
                "0.00725"),
            // 10 x 3, 20 x 0.30, 30 x 6 and 40 x 15.
            tuple(
                "TOKEN_USAGE",
                "claude-sonnet-4-5",
                "{\"input\":10,\"cache_read\":20,\"cache_write_1h\":30,\"output\":40}",
                "{}",
                "0.000816"),
            // 7 x 2.50 and 3 x 10.
            tuple("TOKEN_USAGE", "gpt-4o", "{\"input\":7,\"output\":3}", "{}", "0.0000475"),
            tuple("IMAGE_GENERATION", "dall-e-3", "{}", "{\"images\":\"2\"}", "null"),
            tuple("VIDEO_GENERATION", "gen-3", "{}", "{\"seconds\":\"5.5\"}", "null"),
            tuple("API_CALL", "gemini-2.5-flash", "{}", "{}", "0"),
            tuple("CUSTOM", "null", "{}", "{\"pages\":\"0.25\"}", "null"),
            tuple("CUSTOM", "null", "{}", "{\"pages\":\"4\"}", "null"));
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.path("metadata").path("plan").asText()).isEqualTo("größer");
              assertThat(event.path("source").asText()).isEqualTo("sdk");
              if (!event.path("streamed").asBoolean()) {
                assertThat(Instant.parse(event.path("timestamp").asText())).isEqualTo(WHEN);
              }
            });
    assertThat(events)
        .filteredOn(event -> event.path("user_id").asText().equals(USER))
        .extracting(
            event -> event.path("feature_id").asText(),
            event -> event.path("provider_response_id").asText())
        .containsExactly(tuple("search", "msg_of_the_test"));
  }

  @Test
  void event_ofAProvidersAnswer_hasItsIdAndNoneOfItsText() {
    assertThat(events)
        .filteredOn(event -> event.path("streamed").asBoolean())
        .extracting(event -> event.path("provider_response_id").asText())
        .containsExactly("chatcmpl-of-the-test");
    assertThat(events.toString()).doesNotContain("secret");
    assertThat(test.logged()).doesNotContain("secret");
  }

  @Test
  void getUsage_customer_isTheSumOfAll() throws Exception {
    JsonNode usage = read.path("usage");
    assertThat(usage.path("events").asInt()).isEqualTo(8);
    assertThat(usage.path("tokens"))
        .isEqualTo(
            json(
                """
                {"input":817,"cache_read":220,"cache_write_1h":30,"output":543}\
                """));
    assertThat(usage.path("units"))
        .isEqualTo(json("{\"images\":\"2\",\"pages\":\"4.25\",\"seconds\":\"5.5\"}"));
    assertThat(usage.path("cost_usd").textValue()).isEqualTo("0.0081135");
    assertThat(usage.path("unpriced_events").asInt()).isEqualTo(4);
  }

  @Test
  void getUsage_user_isOfThatUserAlone() {
    JsonNode usage = read.path("usageOfUser");
    assertThat(usage.path("events").asInt()).isEqualTo(1);
    assertThat(usage.path("cost_usd").textValue()).isEqualTo("0.000816");
  }

  @Test
  void getEvents_iterated_givesAllPagesInTheirOrder() {
    assertThat(read.path("paged"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            events.stream().map(event -> event.path("event_id").asText()).toList());
  }

  @Test
  void getEvents_onePage_isAsTheApiAnswers() {
    assertThat(read.path("page").path("data")).containsExactlyElementsOf(events);
    assertThat(read.path("page").path("next_cursor").isNull()).isTrue();
    assertThat(read.path("ofAnthropic"))
        .extracting(event -> event.path("model").asText())
        .containsExactly("claude-sonnet-4-5");
  }

  @Test
  void getCosts_byModelAndFeature_addUp() {
    assertThat(rows(read.path("costs"), "model"))
        .containsExactlyInAnyOrder(
            "gpt-4o 2 0.0072975",
            "claude-sonnet-4-5 1 0.000816",
            "gemini-2.5-flash 1 0",
            "dall-e-3 1 0",
            "gen-3 1 0",
            "null 2 0");
    assertThat(rows(read.path("costsByFeature"), "feature_id"))
        .containsExactlyInAnyOrder("chat 7 0.0072975", "search 1 0.000816");
    assertThat(read.path("costs").path("total").path("cost_usd").textValue())
        .isEqualTo("0.0081135");
  }

  @Test
  void getUsageAnalytics_everyone_isWhatWasTracked() throws Exception {
    JsonNode analytics = read.path("analytics");
    assertThat(analytics.path("summary"))
        .isEqualTo(
            json(
                """
                {"totalEvents":8,"totalInputTokens":"1067","totalOutputTokens":"543",\
                "totalCreditsBurned":"8.1135","totalCostUsd":"0.0081135","unpricedEvents":4}\
                """));
    assertThat(counts(analytics.path("byEventType"), "eventType"))
        .containsExactlyInAnyOrder(
            "TOKEN_USAGE 3 0.0081135",
            "API_CALL 1 0",
            "IMAGE_GENERATION 1 0",
            "VIDEO_GENERATION 1 0",
            "CUSTOM 2 0");
    assertThat(counts(analytics.path("byFeature"), "featureId"))
        .containsExactlyInAnyOrder("chat 7 0.0072975", "search 1 0.000816");
    assertThat(counts(analytics.path("byProvider"), "model"))
        .contains("gpt-4o 2 0.0072975", "claude-sonnet-4-5 1 0.000816");
    // The events may lie on both sides of midnight.
    assertThat(
            analytics
                .path("timeline")
                .valueStream()
                .mapToInt(day -> day.path("events").asInt())
                .sum())
        .isEqualTo(8);
  }

  @Test
  void getUsageAnalytics_user_isOfThatUserAlone() {
    JsonNode summary = read.path("analyticsOfUser").path("summary");
    assertThat(summary.path("totalEvents").asInt()).isEqualTo(1);
    assertThat(summary.path("totalCostUsd").textValue()).isEqualTo("0.000816");
  }

  @Test
  void getCostBreakdown_everyone_isWhatWasTracked() {
    JsonNode breakdown = read.path("breakdown");
    assertThat(breakdown.path("totalEvents").asInt()).isEqualTo(8);
    assertThat(breakdown.path("totalCostUsd").textValue()).isEqualTo("0.0081135");
    assertThat(breakdown.path("unpricedEvents").asInt()).isEqualTo(4);
    assertThat(counts(breakdown.path("byFeature"), "featureId"))
        .containsExactlyInAnyOrder("chat 7 0.0072975", "search 1 0.000816");
  }

  @Test
  void read_refused_throwsWhatTheApiSays() {
    JsonNode bad = read.path("badRequest");
    assertThat(bad.path("is").asBoolean()).isTrue();
    assertThat(bad.path("name").asText()).isEqualTo("OpenMonetizeError");
    assertThat(bad.path("statusCode").asInt()).isEqualTo(400);
    assertThat(bad.path("message")).isEqualTo(bad.path("response").path("message"));
    assertThat(read.path("badKey").path("statusCode").asInt()).isEqualTo(401);
  }

  private static List<String> rows(JsonNode costs, String key) {
    return costs
        .path("rows")
        .valueStream()
        .map(
            row ->
                row.path("key").path(key).asText()
                    + " "
                    + row.path("sum").path("events").asInt()
                    + " "
                    + row.path("sum").path("cost_usd").asText())
        .toList();
  }

  private static List<String> counts(JsonNode rows, String key) {
    return rows.valueStream()
        .map(
            row ->
                row.path(key).asText()
                    + " "
                    + row.path("eventCount").asInt()
                    + " "
                    + row.path("costUsd").asText())
        .toList();
  }

  private static JsonNode json(String text) throws Exception {
    return TestSystem.JSON.readTree(text);
  }
}
