package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.openmonetize.sdk.FaultyIngestion.Fault;
import io.openmonetize.sdk.transport.HttpReply;
import io.openmonetize.sdk.transport.HttpTransport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the application sees of the client, and what it must never see. */
class ClientTest {
  private static final Attribution WHO = Attribution.of("acme", "ann", "chat");

  @Test
  void trackTokenUsage_allFields_onTheWire() throws Exception {
    try (Fixture fixture = new Fixture()) {
      fixture.client.trackTokenUsage(
          TokenUsage.builder()
              .who(WHO.withTeamId("t").withMetadata(Map.of("plan", "ä")))
              .provider(Provider.ANTHROPIC)
              .model("claude-sonnet-4-5")
              .inputTokens(12)
              .outputTokens(5)
              .cachedInputTokens(3)
              .providerResponseId("msg_1")
              .idempotencyKey("k")
              .timestamp(Instant.parse("2026-06-30T00:00:00.25Z"))
              .build());
      JsonNode event = only(fixture);
      assertThat(UUID.fromString(event.path("event_id").asText())).isNotNull();
      assertThat(without(event, "event_id"))
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      {"customer_id": "acme", "user_id": "ann", "team_id": "t", "feature_id": "chat",
                       "event_type": "TOKEN_USAGE", "timestamp": "2026-06-30T00:00:00.250Z",
                       "metadata": {"plan": "ä"}, "provider": "ANTHROPIC",
                       "model": "claude-sonnet-4-5", "input_tokens": 12, "output_tokens": 5,
                       "cached_input_tokens": 3, "provider_response_id": "msg_1",
                       "idempotency_key": "k"}
                      """));
    }
  }

  @Test
  void track_otherKinds_onTheWire() throws Exception {
    try (Fixture fixture = new Fixture()) {
      fixture.client.trackImageGeneration(
          ImageGeneration.builder().who(WHO).imageCount(2).imageSize("1x1").quality("hd").build());
      fixture.client.trackVideoGeneration(
          VideoGeneration.builder().who(WHO).durationSeconds(new BigDecimal("1E+1")).build());
      fixture.client.trackApiCall(ApiCall.builder().who(WHO).provider(Provider.COHERE).build());
      fixture.client.trackCustomEvent(
          CustomEvent.builder()
              .who(WHO)
              .unitType("pages")
              .quantity(new BigDecimal("0.10"))
              .build());
      fixture.client.trackTokenUsage(
          TokenUsage.builder().who(WHO).tokens(Map.of("cache_read", 3L)).build());
      fixture.client.flush();
      assertThat(fixture.server.accepted().values())
          .extracting(event -> event.path("event_type").asText())
          .containsExactly(
              "IMAGE_GENERATION", "VIDEO_GENERATION", "API_CALL", "CUSTOM", "TOKEN_USAGE");
      List<JsonNode> events = List.copyOf(fixture.server.accepted().values());
      assertThat(events.get(0).path("image_count").asInt()).isEqualTo(2);
      assertThat(events.get(1).path("duration_seconds").decimalValue()).isEqualByComparingTo("10");
      assertThat(events.get(3).path("quantity").decimalValue()).isEqualByComparingTo("0.1");
      assertThat(events.get(4).path("tokens").path("cache_read").asInt()).isEqualTo(3);
      assertThat(events.get(2).path("timestamp").asText()).isEqualTo("2026-07-01T12:00:00Z");
    }
  }

  @Test
  void trackProviderResponse_onlyWhatBillsIsSent() throws Exception {
    try (Fixture fixture = new Fixture()) {
      JsonNode answer =
          new ObjectMapper()
              .readTree(
                  """
                  {"id": "msg_1", "type": "message", "model": "claude-sonnet-4-5",
                   "content": [{"type": "text", "text": "secret words"}],
                   "usage": {"input_tokens": 1, "output_tokens": 2}}
                  """);
      fixture.client.trackProviderResponse(
          WHO, Provider.ANTHROPIC, answer, new ResponseFacts("claude-sonnet", true, true));
      JsonNode event = only(fixture);
      assertThat(event.path("provider_response_id").asText()).isEqualTo("msg_1");
      assertThat(event.path("model").asText()).isEqualTo("claude-sonnet");
      assertThat(event.path("streamed").asBoolean()).isTrue();
      assertThat(event.path("response_cut").asBoolean()).isTrue();
      assertThat(event.path("provider_response").path("usage").path("output_tokens").asInt())
          .isEqualTo(2);
      assertThat(event.toString()).doesNotContain("secret");
    }
  }

  private static JsonNode only(Fixture fixture) {
    assertThat(fixture.client.flush().accepted()).isEqualTo(1);
    return fixture.server.accepted().values().iterator().next();
  }

  private static JsonNode without(JsonNode event, String field) {
    return event.<ObjectNode>deepCopy().without(field);
  }

  /** Passed on as Java lets one, whatever the annotations say. */
  private static <T> T absent(@Nullable T nothing) {
    return nothing;
  }

  @Test
  void track_nullAndGarbage_neverThrowsIsLoggedAndCounted() throws IOException {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", cyclic);
    Map<String, Object> nulls = new HashMap<>();
    nulls.put(null, null);
    Map<String, Long> nullCounts = new HashMap<>();
    nullCounts.put(null, 1L);
    List<Consumer<OpenMonetize>> mistakes = new ArrayList<>();
    mistakes.add(c -> c.trackTokenUsage(absent(null)));
    mistakes.add(c -> c.trackImageGeneration(absent(null)));
    mistakes.add(c -> c.trackVideoGeneration(absent(null)));
    mistakes.add(c -> c.trackApiCall(absent(null)));
    mistakes.add(c -> c.trackCustomEvent(absent(null)));
    mistakes.add(
        c -> c.trackProviderResponse(absent(null), absent(null), absent(null), absent(null)));
    mistakes.add(c -> c.trackProviderResponse(WHO, absent(null), new TextNode("x"), absent(null)));
    mistakes.add(
        c -> c.trackProviderResponse(WHO, Provider.OPENAI, NullNode.instance, absent(null)));
    mistakes.add(c -> c.trackTokenUsage(TokenUsage.builder().build()));
    mistakes.add(c -> c.trackApiCall(ApiCall.builder().who(Attribution.of("", "u", "f")).build()));
    mistakes.add(
        c -> c.trackApiCall(ApiCall.builder().who(Attribution.of("c", "u", null)).build()));
    mistakes.add(
        c ->
            c.trackApiCall(
                ApiCall.builder().who(Attribution.of("ä".repeat(129), "u", "f")).build()));
    mistakes.add(c -> c.trackTokenUsage(TokenUsage.builder().who(WHO).inputTokens(-1).build()));
    mistakes.add(c -> c.trackTokenUsage(TokenUsage.builder().who(WHO).tokens(nullCounts).build()));
    mistakes.add(c -> c.trackApiCall(ApiCall.builder().who(WHO.withMetadata(cyclic)).build()));
    mistakes.add(c -> c.trackApiCall(ApiCall.builder().who(WHO.withMetadata(nulls)).build()));
    mistakes.add(
        c ->
            c.trackApiCall(
                ApiCall.builder().who(WHO.withMetadata(Map.of("k", "v".repeat(4096)))).build()));
    mistakes.add(
        c ->
            c.trackApiCall(
                ApiCall.builder().who(WHO.withMetadata(Map.of("k", new Object()))).build()));
    mistakes.add(
        c ->
            c.trackApiCall(
                ApiCall.builder()
                    .who(WHO)
                    .timestamp(Instant.MAX)
                    .idempotencyKey("x".repeat(999))
                    .build()));
    mistakes.add(
        c ->
            c.trackImageGeneration(
                ImageGeneration.builder().who(WHO).quality("x".repeat(2_000_000)).build()));
    try (Fixture fixture = new Fixture()) {
      for (Consumer<OpenMonetize> mistake : mistakes) {
        mistake.accept(fixture.client);
        fixture.pacer.pass(Duration.ofSeconds(11));
      }
      assertThat(fixture.client.stats().dropped()).isEqualTo(mistakes.size());
      assertThat(fixture.log.count("event(s) dropped")).isEqualTo(mistakes.size());
      fixture.track(1);
      assertThat(fixture.client.flush())
          .isEqualTo(new FlushReport(1, 0, List.of(), mistakes.size(), 0));
    }
  }

  @Test
  void logs_debugAndEveryFault_neverHoldKeyMetadataOrBodies() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.debug(true))) {
      Attribution who = WHO.withMetadata(Map.of("note", "private words"));
      String echo =
          "{\"error\":\"private words\",\"message\":\"private words " + Fixture.KEY + "\"}";
      for (int status : new int[] {500, 400, 401, 403, 404, 200}) {
        fixture.server.then(new Fault.Say(status, "", echo));
        fixture.server.then(new Fault.Say(status, "", "<html>private words</html>"));
        fixture.client.trackApiCall(ApiCall.builder().who(who).build());
        fixture.client.flush();
        fixture.pacer.pass(Duration.ofMinutes(2));
      }
      fixture.client.trackApiCall(
          ApiCall.builder().who(who.withMetadata(Map.of("private words", new Object()))).build());
      assertThat(fixture.log.lines()).hasSizeGreaterThan(8);
      assertThat(fixture.log.lines()).noneMatch(line -> line.contains("private words"));
      assertThat(fixture.log.lines()).noneMatch(line -> line.contains(Fixture.KEY));
    }
  }

  @Test
  void logger_thatThrows_harmsNothing() throws IOException {
    OpenMonetizeLogger broken =
        new OpenMonetizeLogger() {
          @Override
          public void debug(String message) {
            throw new IllegalStateException();
          }

          @Override
          public void info(String message) {
            throw new IllegalStateException();
          }

          @Override
          public void warn(String message) {
            throw new IllegalStateException();
          }

          @Override
          public void error(String message) {
            throw new IllegalStateException();
          }
        };
    try (Fixture fixture = new Fixture(b -> b.logger(broken).debug(true))) {
      fixture.server.thenPage(502);
      fixture.client.trackApiCall(absent(null));
      fixture.track(1);
      assertThat(fixture.client.flush().accepted()).isEqualTo(1);
    }
  }

  @Test
  void transport_thatAlwaysThrows_eventsFailAfterTheRetriesAndTheThreadLives() throws IOException {
    int[] calls = {0};
    HttpTransport broken =
        call -> {
          calls[0]++;
          throw new IllegalStateException("broken");
        };
    try (Fixture fixture = new Fixture(b -> b.transport(broken).maxRetries(1))) {
      fixture.track(2);
      assertThat(fixture.client.flush().failed())
          .extracting(FailedEvent::code)
          .containsExactly("retries_exhausted", "retries_exhausted");
      fixture.track(1);
      assertThat(fixture.client.flush().failed()).hasSize(1);
      assertThat(calls[0]).isEqualTo(4);
    }
  }

  @Test
  void flush_withALimit_endsWithPendingAndTheEventsGoOn() throws IOException {
    CountDownLatch up = new CountDownLatch(1);
    HttpTransport slow =
        call -> {
          up.await();
          return new HttpReply(202, null, "{\"accepted\":3}".getBytes(StandardCharsets.UTF_8));
        };
    try (Fixture fixture = new Fixture(b -> b.transport(slow))) {
      fixture.track(3);
      assertThat(fixture.client.flush(Duration.ofMillis(20)))
          .isEqualTo(new FlushReport(0, 0, List.of(), 0, 3));
      up.countDown();
      assertThat(fixture.client.flush()).isEqualTo(new FlushReport(3, 0, List.of(), 0, 0));
    }
  }

  @Test
  void flush_onAnInterruptedThread_returnsAndLeavesTheFlag() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.server.then(new Fault.Hang());
      fixture.track(1);
      Thread.currentThread().interrupt();
      FlushReport report = fixture.client.flush();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.pending()).isEqualTo(1);
      fixture.server.close();
    }
  }

  @Test
  void settings_andLimitsOfAges_harmNothing() throws IOException {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    try (Fixture fixture =
        new Fixture(b -> b.flushInterval(ages).timeout(ages).shutdownTimeout(ages))) {
      fixture.track(2);
      assertThat(fixture.client.flush(ages).accepted()).isEqualTo(2);
      assertThat(fixture.client.flush(ages.negated()).pending()).isZero();
    }
  }

  @Test
  void flush_withoutEvents_returnsAtOnce() throws IOException {
    try (Fixture fixture = new Fixture()) {
      assertThat(fixture.client.flush()).isEqualTo(new FlushReport(0, 0, List.of(), 0, 0));
      assertThat(fixture.server.requests()).isEmpty();
    }
  }

  @Test
  void close_flushesOnceAndDropsWhatComesLater() throws IOException {
    try (Fixture fixture = new Fixture()) {
      fixture.track(5);
      fixture.client.close();
      assertThat(fixture.server.accepted()).hasSize(5);
      fixture.track(2);
      assertThat(fixture.client.stats()).isEqualTo(new Stats(5, 5, 0, 0, 2, 0));
      assertThat(fixture.log.count("client is closed")).isEqualTo(1);
      assertThat(fixture.client.flush().dropped()).isEqualTo(2);
    }
  }

  @Test
  void close_serverHangs_endsWithinTheTimeAndSaysWhatIsLost() throws IOException {
    try (Fixture fixture = new Fixture(b -> b.shutdownTimeout(Duration.ofMillis(300)))) {
      fixture.server.then(new Fault.Hang());
      fixture.track(5);
      fixture.client.close();
      assertThat(fixture.client.stats()).isEqualTo(new Stats(5, 0, 0, 5, 0, 0));
      assertThat(fixture.log.count("5 event(s) were not delivered")).isEqualTo(1);
    }
  }

  @Test
  void build_settingsThatMakeNoSense_refusedWithoutTheKeyInTheMessage() {
    List<Consumer<OpenMonetizeBuilder>> mistakes =
        List.of(
            b -> b.baseUrl("localhost:8080"),
            b -> b.baseUrl("http:// no"),
            b -> b.proxyBaseUrl("ftp://host"),
            b -> b.baseUrl("http://host?x=1"),
            b -> b.maxBatchSize(0),
            b -> b.maxQueueSize(0),
            b -> b.maxRetries(-1),
            b -> b.timeout(Duration.ZERO),
            b -> b.flushInterval(Duration.ofMillis(-1)),
            b -> b.shutdownTimeout(Duration.ofMillis(-1)),
            b -> b.apiKey("om_live_secret\nx"));
    for (Consumer<OpenMonetizeBuilder> mistake : mistakes) {
      OpenMonetizeBuilder builder = new OpenMonetizeBuilder(Map.of());
      mistake.accept(builder);
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void build_environment_isTheDefault() throws IOException {
    try (FaultyIngestion server = new FaultyIngestion();
        OpenMonetize client =
            new OpenMonetizeBuilder(
                    Map.of(
                        "OPENMONETIZE_API_KEY", " om_live_env\n",
                        "OPENMONETIZE_BASE_URL", server.url() + "/",
                        "OPENMONETIZE_PROXY_URL", "https://proxy.example/om/"))
                .build()) {
      client.trackCustomEvent(Fixture.event("f"));
      assertThat(client.flush().accepted()).isEqualTo(1);
      assertThat(server.requests().get(0).headers())
          .containsEntry("authorization", "Bearer om_live_env");
      assertThat(client.proxyConfig(Provider.ANTHROPIC, WHO).baseUrl())
          .isEqualTo("https://proxy.example/om");
    }
  }

  @Test
  void proxyConfig_eachProvider_baseUrlOfItsClientAndHeaders() throws IOException {
    try (Fixture fixture = new Fixture()) {
      ProxyConfig config =
          fixture.client.proxyConfig(Provider.OPENAI, WHO.withMetadata(Map.of("plan", "grün")));
      assertThat(config.baseUrl()).isEqualTo("http://localhost:8082/v1");
      assertThat(config.headers())
          .isEqualTo(
              Map.of(
                  "X-OM-Api-Key", Fixture.KEY,
                  "X-OM-Customer-Id", "acme",
                  "X-OM-User-Id", "ann",
                  "X-OM-Feature-Id", "chat",
                  "X-OM-Metadata", "{\"plan\":\"gr\\u00FCn\"}"));
      assertThat(config.toString()).doesNotContain(Fixture.KEY);
      assertThat(fixture.client.proxyConfig(Provider.GOOGLE, WHO).baseUrl())
          .isEqualTo("http://localhost:8082");
      assertThat(fixture.client.proxyConfig(Provider.ANTHROPIC, WHO).baseUrl())
          .isEqualTo("http://localhost:8082");
    }
  }
}
