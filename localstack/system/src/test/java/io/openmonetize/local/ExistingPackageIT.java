package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The requests of the existing TypeScript package as it makes them, and what it reads of the
 * answers: its base URL is the query's port, for reports too.
 */
@Timeout(180)
class ExistingPackageIT {
  /** What it sends by itself, whatever its own version is. */
  private static final String USER_AGENT = "@openmonetize/sdk/0.8.1";

  private static TestSystem test;

  private record Reply(int status, JsonNode body) {}

  @BeforeAll
  static void start() throws Exception {
    test = TestSystem.start();
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @Test
  void flush_allFourKindsOfEvents_areBookedAndSummed() throws Exception {
    String customer = customer();
    Reply reply =
        ingest(
            tokens(customer, "gpt-4o").put("input_tokens", 1000).put("output_tokens", 500),
            event(customer, "IMAGE_GENERATION")
                .put("provider", "OPENAI")
                .put("model", "dall-e-3")
                .put("image_count", 2)
                .put("image_size", "1024x1024")
                .put("quality", "hd"),
            event(customer, "VIDEO_GENERATION")
                .put("provider", "RUNWAY")
                .put("model", "gen-3")
                .put("duration_seconds", 5.5)
                .put("resolution", "1080p"),
            event(customer, "CUSTOM").put("unit_type", "pages").put("quantity", 0.25));

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body().path("accepted").asInt()).isEqualTo(4);
    assertThat(reply.body().path("rejected").asInt()).isZero();
    assertThat(reply.body().path("duplicates").asInt()).isZero();
    assertThat(reply.body().path("batch_id").asText()).isNotEmpty();
    assertThat(reply.body().path("status").asText()).isEqualTo("processing");
    test.awaitEvents(customer, 4);

    JsonNode usage = get("/v1/analytics/usage?customerId=" + customer).body().path("data");
    assertThat(usage.path("summary").path("totalEvents").asInt()).isEqualTo(4);
    assertThat(usage.path("summary").path("totalInputTokens").textValue()).isEqualTo("1000");
    assertThat(usage.path("summary").path("totalOutputTokens").textValue()).isEqualTo("500");
    assertThat(usage.path("byEventType"))
        .extracting(row -> row.path("eventType").asText() + " " + row.path("eventCount").asInt())
        .containsExactlyInAnyOrder(
            "TOKEN_USAGE 1", "IMAGE_GENERATION 1", "VIDEO_GENERATION 1", "CUSTOM 1");
    // 2.50 and 10.00 dollars a million: 0.0075 for the tokens.
    assertThat(usage.path("byEventType"))
        .filteredOn(row -> row.path("eventType").asText().equals("TOKEN_USAGE"))
        .extracting(row -> row.path("costUsd").textValue())
        .containsExactly("0.0075");
    assertThat(usage.path("timeline")).extracting(row -> row.path("events").asInt()).contains(4);
  }

  @Test
  void flush_moreThanItsTrigger_isOneBatchAndAllBooked() throws Exception {
    String customer = customer();
    ObjectNode[] events = new ObjectNode[150];
    for (int i = 0; i < events.length; i++) {
      events[i] = tokens(customer, "gpt-4o").put("input_tokens", 1).put("output_tokens", 2);
    }

    Reply reply = ingest(events);

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body().path("accepted").asInt()).isEqualTo(150);
    await(customer, 150);
  }

  @Test
  void flush_retriedWithTheSameIds_isCountedOnce() throws Exception {
    String customer = customer();
    ObjectNode one = tokens(customer, "gpt-4o").put("input_tokens", 10).put("output_tokens", 5);
    ObjectNode other = tokens(customer, "gpt-4o").put("input_tokens", 10).put("output_tokens", 5);

    assertThat(ingest(one, other).status()).isEqualTo(202);
    assertThat(ingest(one, other).status()).isEqualTo(202);
    // Booked after both, so that nothing of the second is still on its way.
    ObjectNode last = tokens(customer, "gpt-4o").put("input_tokens", 1).put("output_tokens", 1);
    test.awaitEvents(customer, 2);
    assertThat(ingest(one, other, last).status()).isEqualTo(202);
    await(customer, 3);

    JsonNode summary =
        get("/v1/analytics/usage?customerId=" + customer).body().path("data").path("summary");
    assertThat(summary.path("totalInputTokens").textValue()).isEqualTo("21");
  }

  @Test
  void flush_oneBadEvent_costsNoOther() throws Exception {
    String customer = customer();

    Reply reply =
        ingest(
            tokens(customer, "gpt-4o").put("input_tokens", 10).put("output_tokens", 5),
            tokens(customer, "gpt-4o").put("input_tokens", -1).put("output_tokens", 5));

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.body().path("accepted").asInt()).isEqualTo(1);
    assertThat(reply.body().path("rejected").asInt()).isEqualTo(1);
    test.awaitEvents(customer, 1);
  }

  @Test
  void flush_providerResponse_isReadByUs() throws Exception {
    String customer = customer();
    ObjectNode event = event(customer, "TOKEN_USAGE").put("provider", "OPENAI");
    event
        .putObject("provider_response")
        .put("id", "chatcmpl-" + UUID.randomUUID())
        .put("object", "chat.completion")
        .put("model", "gpt-4o-2024-08-06")
        .putObject("usage")
        .put("prompt_tokens", 7)
        .put("completion_tokens", 3);

    assertThat(ingest(event).status()).isEqualTo(202);

    JsonNode booked = test.awaitEvent(customer);
    assertThat(booked.path("model").asText()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(booked.path("input_tokens").asInt()).isEqualTo(7);
    assertThat(booked.path("output_tokens").asInt()).isEqualTo(3);
  }

  @Test
  void flush_toTheIngestionPortWithItsOwnHeader_works() throws Exception {
    String customer = customer();
    ObjectNode body = TestSystem.JSON.createObjectNode();
    body.putArray("events")
        .add(tokens(customer, "gpt-4o").put("input_tokens", 1).put("output_tokens", 1));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(test.system().ingestion() + "/v1/events/ingest"))
            .header("X-API-Key", test.system().apiKey())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();

    assertThat(send(request).status()).isEqualTo(202);
    test.awaitEvent(customer);
  }

  @Test
  void flush_badKey_isAnErrorThatTheClientCanRead() throws Exception {
    ObjectNode body = TestSystem.JSON.createObjectNode();
    body.putArray("events").add(tokens(customer(), "gpt-4o"));
    HttpRequest request =
        request("/v1/events/ingest", "om_live_wrong")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();

    Reply reply = send(request);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body().path("message").textValue()).isNotEmpty();
  }

  @Test
  void getUsageAnalytics_asTheClientSendsIt_findsTheUser() throws Exception {
    String customer = customer();
    String user = "user-" + UUID.randomUUID();
    ingest(
        tokens(customer, "gpt-4o")
            .put("user_id", user)
            .put("input_tokens", 1000)
            .put("output_tokens", 0),
        tokens(customer, "gpt-4o").put("input_tokens", 1000).put("output_tokens", 0));
    test.awaitEvents(customer, 2);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String dates =
        "start_date="
            + now.minus(Duration.ofDays(7))
            + "&end_date="
            + now.plus(Duration.ofHours(1));

    Reply reply = get("/v1/analytics/usage?" + dates + "&user_id=" + user);

    assertThat(reply.status()).isEqualTo(200);
    JsonNode data = reply.body().path("data");
    assertThat(data.path("summary").path("totalEvents").asInt()).isEqualTo(1);
    assertThat(data.path("summary").path("totalCostUsd").textValue()).isEqualTo("0.0025");
    assertThat(data.path("summary").path("totalCreditsBurned").textValue()).isEqualTo("2.5");
    assertThat(data.path("byFeature").get(0).path("featureId").textValue()).isEqualTo("chat");
    assertThat(data.path("byProvider").get(0).path("model").textValue()).isEqualTo("gpt-4o");

    Reply costs = get("/v1/analytics/cost-breakdown?" + dates + "&customerId=" + customer);
    assertThat(costs.status()).isEqualTo(200);
    assertThat(costs.body().path("data").path("totalCostUsd").textValue()).isEqualTo("0.005");
  }

  @Test
  void getEvents_byLimitAndOffset_arePages() throws Exception {
    String customer = customer();
    ObjectNode[] events = new ObjectNode[5];
    for (int i = 0; i < events.length; i++) {
      events[i] = tokens(customer, "gpt-4o").put("input_tokens", 1).put("output_tokens", 1);
    }
    ingest(events);
    test.awaitEvents(customer, 5);

    Reply reply = get("/v1/events?limit=2&offset=4&customer_id=" + customer);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("data")).hasSize(1);
    JsonNode event = reply.body().path("data").get(0);
    assertThat(event.path("eventType").textValue()).isEqualTo("TOKEN_USAGE");
    assertThat(event.path("costUsd").textValue()).isEqualTo("0.0000125000");
    assertThat(event.path("metadata").path("plan").textValue()).isEqualTo("pro");
    assertThat(reply.body().path("pagination").path("total").asInt()).isEqualTo(5);
  }

  @Test
  void getCreditBalance_isA404ThatSaysWhy() throws Exception {
    Reply reply = get("/v1/users/ann/credits");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body().path("message").textValue()).contains("Credits");
  }

  private static String customer() {
    return "customer-" + UUID.randomUUID();
  }

  private static ObjectNode tokens(String customer, String model) {
    return event(customer, "TOKEN_USAGE").put("provider", "OPENAI").put("model", model);
  }

  private static ObjectNode event(String customer, String type) {
    ObjectNode event =
        TestSystem.JSON
            .createObjectNode()
            .put("event_id", UUID.randomUUID().toString())
            .put("customer_id", customer)
            .put("user_id", "ann")
            .put("event_type", type)
            .put("feature_id", "chat")
            .put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    event.putObject("metadata").put("plan", "pro");
    return event;
  }

  private static Reply ingest(ObjectNode... events) throws Exception {
    ObjectNode body = TestSystem.JSON.createObjectNode();
    ArrayNode list = body.putArray("events");
    for (ObjectNode event : events) {
      list.add(event);
    }
    return send(
        request("/v1/events/ingest", test.system().apiKey())
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private static Reply get(String target) throws Exception {
    return send(request(target, test.system().apiKey()).GET().build());
  }

  /** It names a content type for calls without a body too. */
  private static HttpRequest.Builder request(String target, String key) {
    return HttpRequest.newBuilder(URI.create(test.system().dashboard() + target))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .header("User-Agent", USER_AGENT);
  }

  private static Reply send(HttpRequest request) throws Exception {
    HttpResponse<byte[]> answer = test.send(request);
    return new Reply(answer.statusCode(), TestSystem.JSON.readTree(answer.body()));
  }

  /** Of more events than a page shows, by the sums. */
  private static void await(String customer, int count) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    int found;
    do {
      Thread.sleep(50);
      found =
          get("/v1/analytics/usage?customerId=" + customer)
              .body()
              .path("data")
              .path("summary")
              .path("totalEvents")
              .asInt();
      assertThat(System.nanoTime()).as("%d of %d", found, count).isLessThan(deadline);
    } while (found < count);
  }
}
