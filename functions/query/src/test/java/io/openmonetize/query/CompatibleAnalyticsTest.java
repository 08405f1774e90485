package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of the existing TypeScript package's server ask for, in its shapes. */
@ExtendWith(DynamoDbExtension.class)
class CompatibleAnalyticsTest {
  private final QuerySystem system;
  private final String key;

  CompatibleAnalyticsTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
    system.book(
        TestEvents.event("1").stored(),
        TestEvents.event("2").feature("search").user("eve").stored(),
        TestEvents.event("3")
            .model(Provider.OPENAI, "gpt-4o")
            .cost(new Cost.Priced(new BigDecimal("0.0000000000012"), "v"))
            .stored(),
        TestEvents.event("4").cost(usd("0.04")).stored(EventType.IMAGE_GENERATION),
        TestEvents.event("5")
            .cost(new Cost.Unpriced("no price", "v", BigDecimal.ZERO))
            .stored(EventType.CUSTOM),
        TestEvents.event("6").customer("globex").cost(usd("1")).stored());
  }

  @Test
  void usage_ofACustomer_isInTheKnownShape() {
    JsonNode data = get("/v1/analytics/usage?customerId=acme");

    JsonNode summary = data.path("summary");
    assertThat(summary.path("totalEvents").isInt()).isTrue();
    assertThat(summary.path("totalEvents").asInt()).isEqualTo(5);
    assertThat(summary.path("totalInputTokens").textValue()).isEqualTo("10000");
    assertThat(summary.path("totalOutputTokens").textValue()).isEqualTo("1700");
    assertThat(summary.path("totalCostUsd").textValue()).isEqualTo("0.0574000000012");
    assertThat(summary.path("totalCreditsBurned").textValue()).isEqualTo("57.4000000012");
    assertThat(summary.path("unpricedEvents").asInt()).isEqualTo(1);
    assertThat(data.path("byFeature"))
        .extracting(row -> row.path("featureId").asText() + " " + row.path("eventCount").asInt())
        .containsExactly("chat 4", "search 1");
    assertThat(data.path("byProvider").get(0).path("model").asText())
        .isEqualTo("claude-sonnet-4-5");
    assertThat(data.path("byProvider").get(1).path("provider").asText()).isEqualTo("OPENAI");
    assertThat(data.path("byProvider").get(1).path("inputTokens").textValue()).isEqualTo("2000");
    assertThat(data.path("byEventType"))
        .extracting(
            row ->
                row.path("eventType").asText()
                    + " "
                    + row.path("eventCount").asInt()
                    + " "
                    + row.path("creditsBurned").asText())
        .containsExactlyInAnyOrder(
            "TOKEN_USAGE 3 17.4000000012", "IMAGE_GENERATION 1 40", "CUSTOM 1 0");
    assertThat(data.path("truncated").asBoolean()).isFalse();
  }

  /** A row without this would show nothing but unpriced events as if they were free. */
  @Test
  void everyCost_ofUnpricedEvents_saysHowManyAreNotInIt() {
    system.book(
        TestEvents.event("7")
            .feature("drawing")
            .model(Provider.GOOGLE, "new-model")
            .cost(new Cost.Unpriced("no price", "v", BigDecimal.ZERO))
            .stored());

    JsonNode usage = get("/v1/analytics/usage?customerId=acme");
    JsonNode costs = get("/v1/analytics/costs?customerId=acme");
    JsonNode breakdown = get("/v1/analytics/cost-breakdown?customerId=acme");

    assertThat(unpriced(usage.path("byFeature"), "featureId"))
        .containsExactlyInAnyOrder("chat 1", "search 0", "drawing 1");
    assertThat(unpriced(usage.path("byProvider"), "model"))
        .containsExactlyInAnyOrder("claude-sonnet-4-5 1", "gpt-4o 0", "new-model 1");
    assertThat(unpriced(usage.path("byEventType"), "eventType"))
        .containsExactlyInAnyOrder("TOKEN_USAGE 1", "IMAGE_GENERATION 0", "CUSTOM 1");
    assertThat(usage.path("timeline").get(30).path("unpricedEvents").asInt()).isEqualTo(2);
    assertThat(unpriced(costs.path("byProvider"), "model")).contains("new-model 1");
    assertThat(unpriced(breakdown.path("byFeature"), "featureId")).contains("drawing 1");
    assertThat(unpriced(breakdown.path("byProvider"), "model")).contains("new-model 1");
  }

  private static List<String> unpriced(JsonNode rows, String key) {
    List<String> counts = new ArrayList<>();
    rows.forEach(
        row -> counts.add(row.path(key).asText() + " " + row.path("unpricedEvents").intValue()));
    return counts;
  }

  @Test
  void usage_tooManyDays_isRefusedByTheParameterThatMakesThem() {
    Reply reply = system.get("/v1/analytics/usage?startDate=1990-01-01").bearer(key).send();

    assertThat(reply.message()).startsWith("groupBy ");
  }

  @Test
  void usage_timeline_hasEveryDayUpToNowAlsoThoseWithoutEvents() {
    JsonNode timeline = get("/v1/analytics/usage?customerId=acme").path("timeline");

    assertThat(timeline).hasSize(31);
    assertThat(timeline.get(0).path("date").asText()).isEqualTo("2026-09-05");
    assertThat(timeline.get(0).path("events").asInt()).isZero();
    assertThat(timeline.get(30).path("date").asText()).isEqualTo("2026-10-05");
    assertThat(timeline.get(30).path("events").asInt()).isEqualTo(5);
    assertThat(timeline.get(30).path("creditsBurned").textValue()).isEqualTo("57.4000000012");
  }

  @Test
  void usage_byMonth_isGrouped() {
    JsonNode data =
        get("/v1/analytics/usage?startDate=2026-08-01&endDate=2026-10-05&groupBy=month");

    assertThat(data.path("timeline"))
        .extracting(row -> row.path("date").asText() + " " + row.path("events").asInt())
        .containsExactly("2026-08-01 0", "2026-09-01 0", "2026-10-01 6");
    assertThat(data.path("endDate").asText()).isEqualTo("2026-10-06T00:00:00Z");
  }

  @Test
  void usage_asTheClientSpellsIt_isTheSame() {
    String range = "2026-10-01T00:00:00.000Z";
    JsonNode documented =
        get("/v1/analytics/usage?startDate=" + range + "&endDate=2026-10-05T13:00:00Z&userId=eve");
    JsonNode clients =
        get(
            "/v1/analytics/usage?start_date="
                + range
                + "&end_date=2026-10-05T13:00:00Z&user_id=eve");

    assertThat(clients).isEqualTo(documented);
    assertThat(clients.path("summary").path("totalEvents").asInt()).isEqualTo(1);
  }

  @Test
  void usage_userOfSeveralCustomers_isTheSumOfThem() {
    assertThat(get("/v1/analytics/usage?user_id=bob").path("summary").path("totalEvents").asInt())
        .isEqualTo(5);
    assertThat(
            get("/v1/analytics/usage?user_id=bob&customerId=globex")
                .path("summary")
                .path("totalEvents")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void usage_userWithManyCustomers_isRefused() {
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      events.add(TestEvents.event("many" + i).customer("customer" + i).stored());
    }
    system.book(events.toArray(StoredEvent[]::new));

    Reply reply = system.get("/v1/analytics/usage?userId=bob").bearer(key).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("userId needs customerId");
  }

  @Test
  void usage_listsOfFilters_areAnyOfEach() {
    assertThat(
            get("/v1/analytics/usage?provider=OPENAI,GOOGLE&model=gpt-4o,x&featureId=chat,search")
                .path("summary")
                .path("totalEvents")
                .asInt())
        .isEqualTo(1);
    assertThat(
            get("/v1/analytics/usage?provider=OPENAI,ANTHROPIC&featureId=search").path("byFeature"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startDate=2026-10-05&endDate=2026-10-01",
        "startDate=yesterday",
        "startDate=2026-02-30",
        "endDate=9999-12-31",
        "startDate=2026-10-01&start_date=2026-10-01",
        "groupBy=hour",
        "provider=NOBODY",
        "featureId=a,,b",
        "startDate=1990-01-01",
        "customerid=acme"
      })
  void usage_badParameter_isRefused(String query) {
    assertThat(system.get("/v1/analytics/usage?" + query).bearer(key).send().status())
        .isEqualTo(400);
  }

  @Test
  void usage_otherCustomerThanTheKeys_isForbidden() {
    String bound = system.addKey("dev", "acme", Scope.READ);

    assertThat(system.get("/v1/analytics/usage?customerId=globex").bearer(bound).send().status())
        .isEqualTo(403);
    assertThat(
            system
                .get("/v1/analytics/usage")
                .bearer(bound)
                .send()
                .data()
                .path("summary")
                .path("totalEvents")
                .asInt())
        .isEqualTo(5);
  }

  @Test
  void costs_ofACustomer_leaveOutWhatIsNotKnown() {
    JsonNode data = get("/v1/analytics/costs?customerId=acme");

    assertThat(data.path("summary").path("totalProviderCost").textValue())
        .isEqualTo("0.0574000000012");
    assertThat(data.path("summary").path("totalRevenue").isNull()).isTrue();
    assertThat(data.path("summary").path("unpricedEvents").asInt()).isEqualTo(1);
    assertThat(data.path("byProvider").get(1).path("providerCost").textValue())
        .isEqualTo("0.0000000000012");
  }

  @Test
  void costBreakdown_betweenTwoTimes_agreesWithUsage() {
    JsonNode data = get("/v1/analytics/cost-breakdown?start_date=2026-10-01&end_date=2026-10-31");

    assertThat(data.path("totalCostUsd").textValue()).isEqualTo("1.0574000000012");
    assertThat(data.path("byFeature").get(0).path("costUsd").textValue())
        .isEqualTo("1.0487000000012");
    assertThat(data.path("byProvider")).hasSize(2);
  }

  @Test
  void events_withOffset_arePagedInTheKnownShape() {
    JsonNode all = page("limit=100&offset=0&customer_id=acme");
    JsonNode some = page("limit=2&offset=3&customer_id=acme");

    assertThat(all.path("data")).hasSize(5);
    assertThat(some.path("data").get(0)).isEqualTo(all.path("data").get(3));
    assertThat(some.path("data")).hasSize(2);
    assertThat(some.path("pagination").toString())
        .isEqualTo("{\"total\":5,\"limit\":2,\"offset\":3}");
    JsonNode first = event(all, "1");
    assertThat(first.path("inputTokens").textValue()).isEqualTo("2000");
    assertThat(first.path("costUsd").textValue()).isEqualTo("0.0087000000");
    assertThat(first.path("creditsBurned").textValue()).isEqualTo("8.7");
    assertThat(first.path("metadata").path("plan").asText()).isEqualTo("pro");
    assertThat(event(all, "3").path("costUsd").textValue()).isEqualTo("0.0000000000012");
    assertThat(event(all, "5").path("costUsd").isNull()).isTrue();
  }

  @Test
  void events_offsetBeyondTheEnd_isEmpty() {
    JsonNode page = page("offset=10");

    assertThat(page.path("data")).isEmpty();
    assertThat(page.path("pagination").path("total").asInt()).isEqualTo(6);
  }

  @Test
  void events_offsetWithFilters_countsWhatMatches() {
    JsonNode page = page("offset=0&customer_id=acme&user_id=eve");

    assertThat(page.path("data")).hasSize(1);
    assertThat(page.path("pagination").path("total").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offset=951&limit=50",
        "offset=-1",
        "offset=1&cursor=x",
        "offset=0&status=ok",
        "offset=0&user_id=bob"
      })
  void events_offsetThatIsNotToBeHad_isRefusedWithAWayOut(String query) {
    Reply reply = system.get("/v1/events?" + query).bearer(key).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).containsAnyOf("cursor", "offset must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/users/ann/credits",
        "POST /v1/credits/grant",
        "POST /v1/entitlements/check",
        "POST /v1/rating/calculate",
        "GET /v1/burn-tables",
        "POST /v1/customers/register",
        "GET /v1/analytics/burn-rate"
      })
  void anything_thatThisProductHasNot_says404AndWhy(String call) {
    String[] parts = call.split(" ");

    Reply reply = system.call(parts[0], parts[1]).bearer(key).send();

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).isNotEqualTo("This API has no such path.");
  }

  private JsonNode get(String target) {
    Reply reply = system.get(target).bearer(key).send();
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.data();
  }

  private JsonNode page(String query) {
    Reply reply = system.get("/v1/events?" + query).bearer(key).send();
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static JsonNode event(JsonNode page, String id) {
    for (JsonNode event : page.path("data")) {
      if (event.path("id").asText().equals(id)) {
        return event;
      }
    }
    throw new AssertionError(id + " is not in " + page);
  }

  private static Cost usd(String amount) {
    return new Cost.Priced(new BigDecimal(amount), "v");
  }
}
