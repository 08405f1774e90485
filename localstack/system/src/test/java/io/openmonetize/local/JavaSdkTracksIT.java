package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.sdk.ApiCall;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.CustomEvent;
import io.openmonetize.sdk.FlushReport;
import io.openmonetize.sdk.ImageGeneration;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.ResponseFacts;
import io.openmonetize.sdk.TokenUsage;
import io.openmonetize.sdk.VideoGeneration;
import io.openmonetize.sdk.reads.CostBreakdown;
import io.openmonetize.sdk.reads.CostQuery;
import io.openmonetize.sdk.reads.CostRow;
import io.openmonetize.sdk.reads.EventQuery;
import io.openmonetize.sdk.reads.GroupBy;
import io.openmonetize.sdk.reads.RecordedEvent;
import io.openmonetize.sdk.reads.UsageQuery;
import io.openmonetize.sdk.reads.UsageSum;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the SDK for Java tracks is what the API shows, event by event and in the sums. */
@Timeout(180)
class JavaSdkTracksIT {
  private static TestSystem test;

  private final SdkLines lines = new SdkLines();
  private final String customer = "customer-" + UUID.randomUUID();
  private final Attribution who =
      new Attribution(customer, "ann", "chat", "sales", Map.of("plan", "pro", "seats", 3));
  private OpenMonetize om;

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start();
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @BeforeEach
  void startClient() {
    om =
        OpenMonetize.builder()
            .apiKey(test.system().apiKey())
            .baseUrl(test.system().dashboard().toString())
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
  void trackTokenUsage_counts_areBookedByClassAndPriced() throws Exception {
    Instant when = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
    om.trackTokenUsage(
        TokenUsage.builder()
            .who(who)
            .provider(Provider.ANTHROPIC)
            .model("claude-sonnet-4-5")
            .inputTokens(1_000)
            .cachedInputTokens(400)
            .outputTokens(200)
            .timestamp(when)
            .build());

    RecordedEvent event = booked();
    assertThat(event.eventType()).isEqualTo("TOKEN_USAGE");
    assertThat(event.timestamp()).isEqualTo(when);
    assertThat(event.provider()).isEqualTo("ANTHROPIC");
    assertThat(event.model()).isEqualTo("claude-sonnet-4-5");
    assertThat(event.tokens()).isEqualTo(Map.of("input", 600L, "cache_read", 400L, "output", 200L));
    assertThat(event.inputTokens()).isEqualTo(1_000);
    assertThat(event.outputTokens()).isEqualTo(200);
    assertThat(event.usageStatus()).isEqualTo("exact");
    // 600 at 3, 400 at 0.30 and 200 at 15 dollars a million.
    assertThat(event.costUsd()).isEqualByComparingTo("0.00492");
  }

  @Test
  void trackTokenUsage_classes_areBookedAsGiven() throws Exception {
    Map<String, Long> tokens =
        Map.of("input", 10L, "cache_write_1h", 20L, "output", 30L, "reasoning", 40L);
    om.trackTokenUsage(
        TokenUsage.builder()
            .who(who)
            .provider(Provider.ANTHROPIC)
            .model("claude-sonnet-4-5")
            .tokens(tokens)
            .providerResponseId("msg_of_the_test")
            .build());

    RecordedEvent event = booked();
    assertThat(event.tokens()).isEqualTo(tokens);
    assertThat(event.providerResponseId()).isEqualTo("msg_of_the_test");
    // 10 at 3, 20 at 6 and 70 at 15 dollars a million.
    assertThat(event.costUsd()).isEqualByComparingTo("0.0012");
  }

  @Test
  void trackImageGeneration_isBookedInImages() throws Exception {
    om.trackImageGeneration(
        ImageGeneration.builder()
            .who(who)
            .provider(Provider.OPENAI)
            .model("dall-e-3")
            .imageCount(2)
            .imageSize("1024x1024")
            .quality("hd")
            .build());

    RecordedEvent event = booked();
    assertThat(event.eventType()).isEqualTo("IMAGE_GENERATION");
    assertThat(event.model()).isEqualTo("dall-e-3");
    assertThat(event.units()).isEqualTo(Map.of("images", BigDecimal.valueOf(2)));
    assertThat(raw(event).path("image_size").asText()).isEqualTo("1024x1024");
    assertThat(raw(event).path("quality").asText()).isEqualTo("hd");
  }

  @Test
  void trackVideoGeneration_isBookedInSeconds() throws Exception {
    om.trackVideoGeneration(
        VideoGeneration.builder()
            .who(who)
            .provider(Provider.RUNWAY)
            .model("gen-3")
            .durationSeconds(new BigDecimal("5.5"))
            .resolution("1080p")
            .build());

    RecordedEvent event = booked();
    assertThat(event.eventType()).isEqualTo("VIDEO_GENERATION");
    assertThat(event.units()).isEqualTo(Map.of("seconds", new BigDecimal("5.5")));
    assertThat(raw(event).path("resolution").asText()).isEqualTo("1080p");
  }

  @Test
  void trackApiCall_isBookedWithoutUse() throws Exception {
    om.trackApiCall(
        ApiCall.builder().who(who).provider(Provider.COHERE).model("rerank-v3.5").build());

    RecordedEvent event = booked();
    assertThat(event.eventType()).isEqualTo("API_CALL");
    assertThat(event.provider()).isEqualTo("COHERE");
    assertThat(event.model()).isEqualTo("rerank-v3.5");
    assertThat(event.usageStatus()).isEqualTo("none");
  }

  @Test
  void trackCustomEvent_isBookedInItsUnitAndOnceAKey() throws Exception {
    CustomEvent pages =
        CustomEvent.builder()
            .who(who)
            .unitType("pages")
            .quantity(new BigDecimal("0.25"))
            .idempotencyKey("order-7")
            .build();
    om.trackCustomEvent(pages);
    RecordedEvent event = booked();
    om.trackCustomEvent(pages);
    assertThat(om.flush().failed()).isEmpty();
    test.awaitBooked();

    assertThat(event.eventType()).isEqualTo("CUSTOM");
    assertThat(event.units()).isEqualTo(Map.of("pages", new BigDecimal("0.25")));
    assertThat(om.events(ofCustomer())).hasSize(1);
  }

  @Test
  void trackProviderResponse_cutStream_isBookedAsPartialWithoutItsText() throws Exception {
    JsonNode answer =
        TestSystem.JSON.readTree(
            """
            {"id":"msg_of_a_stream","type":"message","model":"claude-sonnet-4-5",
             "content":[{"type":"text","text":"a canary"}],
             "usage":{"input_tokens":9,"output_tokens":1}}
            """);
    om.trackProviderResponse(
        who, Provider.ANTHROPIC, answer, new ResponseFacts("claude-sonnet-4-5", true, true));

    RecordedEvent event = booked();
    assertThat(event.eventType()).isEqualTo("TOKEN_USAGE");
    assertThat(event.usageStatus()).isEqualTo("partial");
    assertThat(event.json().path("streamed").asBoolean()).isTrue();
    assertThat(event.providerResponseId()).isEqualTo("msg_of_a_stream");
    assertThat(event.inputTokens()).isEqualTo(9);
    assertThat(event.json().toString() + test.logged()).doesNotContain("canary");
  }

  @Test
  void reads_afterAllKinds_agreeWithWhatWasTracked() throws Exception {
    for (int i = 0; i < 120; i++) {
      om.trackTokenUsage(
          TokenUsage.builder()
              .who(Attribution.of(customer, i % 2 == 0 ? "ann" : "ben", "chat"))
              .provider(Provider.OPENAI)
              .model("gpt-4.1-mini")
              .inputTokens(100)
              .outputTokens(10)
              .build());
    }
    om.trackCustomEvent(
        CustomEvent.builder()
            .who(Attribution.of(customer, "ann", "export"))
            .unitType("pages")
            .quantity(3)
            .build());
    assertThat(om.flush()).isEqualTo(new FlushReport(121, 0, List.of(), 0, 0));
    test.awaitEvents(customer, 50);
    test.awaitBooked();

    // 100 at 0.40 and 10 at 1.60 dollars a million.
    BigDecimal each = new BigDecimal("0.000056");
    assertThat(om.events(ofCustomer()).map(RecordedEvent::id).distinct()).hasSize(121);
    assertThat(om.events(ofCustomer()).filter(event -> event.model() != null))
        .hasSize(120)
        .allMatch(event -> event.costUsd() != null && event.costUsd().compareTo(each) == 0);
    assertThat(om.events(EventQuery.builder().customerId(customer).userId("ben").build()))
        .hasSize(60);
    UsageSum sum = om.usage(UsageQuery.builder().customerId(customer).build()).sum();
    assertThat(sum.events()).isEqualTo(121);
    assertThat(sum.inputTokens()).isEqualTo(12_000);
    assertThat(sum.outputTokens()).isEqualTo(1_200);
    assertThat(sum.units()).isEqualTo(Map.of("pages", BigDecimal.valueOf(3)));
    assertThat(sum.costUsd()).isEqualByComparingTo("0.00672");
    CostBreakdown byUser =
        om.costs(CostQuery.builder().groupBy(GroupBy.USER).customerId(customer).build());
    assertThat(byUser.total().costUsd()).isEqualByComparingTo("0.00672");
    assertThat(byUser.rows()).extracting(CostRow::userId).containsExactlyInAnyOrder("ann", "ben");
    assertThat(byUser.rows())
        .allMatch(row -> row.sum().costUsd().compareTo(new BigDecimal("0.00336")) == 0);
  }

  /** The one event of the customer, with what all of them say of whose it is. */
  private RecordedEvent booked() throws Exception {
    assertThat(om.flush()).isEqualTo(new FlushReport(1, 0, List.of(), 0, 0));
    test.awaitEvent(customer);
    List<RecordedEvent> events = om.events(ofCustomer()).toList();
    assertThat(events).hasSize(1);
    RecordedEvent event = events.get(0);
    assertThat(event.customerId()).isEqualTo(customer);
    assertThat(event.userId()).isEqualTo("ann");
    assertThat(event.featureId()).isEqualTo("chat");
    assertThat(event.source()).isEqualTo("sdk");
    assertThat(event.status()).isEqualTo("ok");
    assertThat(event.json().path("team_id").asText()).isEqualTo("sales");
    assertThat(event.json().path("metadata"))
        .isEqualTo(TestSystem.JSON.readTree("{\"plan\":\"pro\",\"seats\":3}"));
    return event;
  }

  private static JsonNode raw(RecordedEvent event) {
    return event.json().path("raw_usage");
  }

  private EventQuery ofCustomer() {
    return EventQuery.builder().customerId(customer).build();
  }
}
