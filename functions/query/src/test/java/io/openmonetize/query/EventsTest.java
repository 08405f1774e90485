package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(DynamoDbExtension.class)
class EventsTest {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

  private final QuerySystem system;
  private final String key;

  EventsTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
  }

  @Test
  void list_nothingBooked_isAnEmptyLastPage() {
    Reply reply = list("");

    assertThat(reply.text()).isEqualTo("{\"data\":[],\"next_cursor\":null}");
  }

  @Test
  void list_anExactPricedEvent_hasEveryFieldOfTheContract() throws Exception {
    system.book(TestEvents.event("evt-1").stored());

    JsonNode event = list("").data().get(0);

    assertThat(event)
        .isEqualTo(
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(
                    """
                    {
                      "id": "RVZFTlQjYWNtZSNFI2V2dC0x",
                      "event_id": "evt-1",
                      "event_type": "TOKEN_USAGE",
                      "timestamp": "2026-10-05T12:33:56Z",
                      "received_at": "2026-10-05T12:33:58Z",
                      "customer_id": "acme",
                      "user_id": "bob",
                      "team_id": null,
                      "feature_id": "chat",
                      "metadata": {"plan": "pro", "n": 12345678901234567890},
                      "provider": "ANTHROPIC",
                      "model": "claude-sonnet-4-5",
                      "requested_model": null,
                      "endpoint": "messages",
                      "streamed": true,
                      "tokens": {"input": 1200, "cache_read": 800, "output": 300, "reasoning": 40},
                      "input_tokens": 2000,
                      "output_tokens": 340,
                      "units": {"web_searches": "2"},
                      "usage_status": "exact",
                      "quarantined": false,
                      "service_tier": null,
                      "speed": null,
                      "geography": null,
                      "cost_usd": "0.0087",
                      "known_cost_usd": "0.0087",
                      "cost_status": "priced",
                      "price_book": "2026-10-01",
                      "raw_usage": {
                        "input_tokens": 1200,
                        "output_tokens": 340,
                        "fraction": 0.10000000000000000001
                      },
                      "status": "ok",
                      "http_status": 200,
                      "error_type": null,
                      "provider_request_id": "req_1",
                      "provider_response_id": "msg_1",
                      "first_byte_ms": 210,
                      "duration_ms": 1840,
                      "attempt": 2,
                      "logical_call_id": "0123456789abcdef",
                      "source": "proxy",
                      "environment": "dev",
                      "api_key_id": "key_1"
                    }
                    """));
  }

  @Test
  void list_rawUsageAndMetadata_comeVerbatim() {
    system.book(TestEvents.event("evt-1").stored());

    assertThat(list("").text())
        .contains("\"raw_usage\":" + TestEvents.RAW)
        .contains("\"metadata\":" + TestEvents.METADATA);
  }

  @Test
  void list_unpricedEvent_saysWhyAndShowsNoZero() {
    system.book(
        TestEvents.event("evt-1")
            .cost(new Cost.Unpriced("no price for model x", "v7", new BigDecimal("0.01")))
            .stored());

    JsonNode event = list("").data().get(0);

    assertThat(event.path("cost_usd").isNull()).isTrue();
    assertThat(event.path("known_cost_usd").asText()).isEqualTo("0.01");
    assertThat(event.path("cost_status").asText()).isEqualTo("unpriced");
    assertThat(event.path("cost_reason").asText()).isEqualTo("no price for model x");
    assertThat(event.path("price_book").asText()).isEqualTo("v7");
  }

  @Test
  void list_usageNotExact_saysWhy() {
    Usage missing = Usage.missing("the provider said nothing");
    system.book(TestEvents.event("evt-1").stored(missing));

    JsonNode event = list("").data().get(0);

    assertThat(event.path("usage_status").asText()).isEqualTo("missing");
    assertThat(event.path("usage_reason").asText()).isEqualTo("the provider said nothing");
    assertThat(event.path("tokens").toString()).isEqualTo("{}");
    assertThat(event.path("raw_usage").isNull()).isTrue();
  }

  @Test
  void list_usageThatContradictsItself_isQuarantined() {
    String reason = Usage.contradiction("more cached than input");
    Usage usage = new Usage(UsageStatus.ESTIMATED, reason, PricingTerms.UNSAID, List.of(), null);
    system.book(TestEvents.event("evt-1").stored(usage));

    assertThat(list("").data().get(0).path("quarantined").asBoolean()).isTrue();
  }

  @Test
  void list_brokenRawUsage_comesAsTextAndBreaksNothing() {
    Usage broken =
        new Usage(UsageStatus.PARTIAL, "cut off", PricingTerms.UNSAID, List.of(), "{\"input\":1");
    system.book(
        TestEvents.event("evt-1").stored(broken), TestEvents.event("evt-2").at(NOON).stored());

    Reply reply = list("");

    assertThat(reply.data()).hasSize(2);
    assertThat(reply.data().get(0).path("raw_usage").asText()).isEqualTo("{\"input\":1");
  }

  @Test
  void list_smallCost_isWrittenInFull() {
    Cost tiny = new Cost.Priced(new BigDecimal("1E-9"), "v7");
    system.book(TestEvents.event("evt-1").cost(tiny).stored());

    assertThat(list("").data().get(0).path("cost_usd").asText()).isEqualTo("0.000000001");
  }

  @ParameterizedTest
  @CsvSource({
    "customer_id=globex, customer",
    "customer_id=acme&user_id=eve, user",
    "user_id=eve, user",
    "feature_id=search, feature",
    "provider=OPENAI, model",
    "model=gpt-5, model",
    "status=error, status",
    "source=sdk, source",
    "from=2026-10-05T12:34:00Z, later",
    "from=2026-10-05T14:34:00%2B02:00, later",
    "from=2026-10-05T14:34:00+02:00, later",
    "to=2026-10-05T12:00:00.001Z, earlier",
    "to=2026-10-05T12:00:00.001Z&from=2026-10-05T12:00:00Z, earlier",
    "customer_id=acme&feature_id=search&status=ok&source=proxy, feature",
  })
  void list_filtered_showsWhatMatchesOnly(String query, String expected) {
    system.book(
        TestEvents.event("earlier").at(NOON).stored(),
        TestEvents.event("plain").stored(),
        TestEvents.event("later").at(QuerySystem.START).stored(),
        TestEvents.event("customer").customer("globex").stored(),
        TestEvents.event("user").user("eve").stored(),
        TestEvents.event("feature").feature("search").stored(),
        TestEvents.event("model").model(Provider.OPENAI, "gpt-5").stored(),
        TestEvents.event("status").status(CallStatus.ERROR).stored(),
        TestEvents.event("source").source(Source.SDK).stored());

    assertThat(ids(list(query))).containsExactly(expected);
  }

  @Test
  void list_toAsTheTimeOfAnEvent_leavesItOut() {
    system.book(TestEvents.event("evt-1").at(NOON).stored());

    assertThat(ids(list("to=2026-10-05T12:00:00Z"))).isEmpty();
    assertThat(ids(list("from=2026-10-05T12:00:00Z"))).containsExactly("evt-1");
  }

  @Test
  void list_withoutTimes_showsLastYearsToTomorrows() {
    system.book(
        TestEvents.event("old").at(NOON.minus(Duration.ofDays(360))).stored(),
        TestEvents.event("ahead").at(NOON.plus(Duration.ofHours(23))).stored());

    assertThat(ids(list(""))).containsExactly("ahead", "old");
  }

  @Test
  void list_manyEventsAtTheSameTime_pagesThroughEachOnce() {
    StoredEvent[] events =
        IntStream.range(0, 230)
            .mapToObj(
                i ->
                    TestEvents.event("evt-" + i)
                        .at(NOON.minusSeconds(i / 100))
                        .customer(i % 2 == 0 ? "acme" : "globex")
                        .stored())
            .toArray(StoredEvent[]::new);
    system.book(events);

    List<String> all = pageThrough("limit=7");
    List<String> acme = pageThrough("limit=7&customer_id=acme");

    assertThat(all).hasSize(230).doesNotHaveDuplicates();
    assertThat(acme).hasSize(115).doesNotHaveDuplicates();
    assertThat(all.subList(200, 230))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(200, 230).mapToObj(i -> "evt-" + i).toList());
  }

  @Test
  void list_muchRawUsage_isCutIntoPagesThatLambdaTakes() {
    String raw = "{\"x\":\"" + "\\\"".repeat(100_000) + "\"}";
    Usage usage = new Usage(UsageStatus.PARTIAL, "long", PricingTerms.UNSAID, List.of(), raw);
    system.book(
        IntStream.range(0, 30)
            .mapToObj(i -> TestEvents.event("evt-" + i).at(NOON.minusSeconds(i)).stored(usage))
            .toArray(StoredEvent[]::new));

    assertThat(list("limit=30").bytesOnTheWay()).isLessThan(6_000_000);
    assertThat(pageThrough("limit=30")).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void list_eventsArrivingWhilePaging_moveNothing() {
    for (int i = 0; i < 10; i++) {
      system.book(TestEvents.event("evt-" + i).at(NOON.minusSeconds(i)).stored());
    }
    Reply first = list("limit=5");
    system.book(TestEvents.event("new").at(NOON.plusSeconds(1)).stored());

    Reply second = list("limit=5&cursor=" + first.json().path("next_cursor").asText());

    assertThat(ids(second)).containsExactly("evt-5", "evt-6", "evt-7", "evt-8", "evt-9");
    assertThat(second.json().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void list_withoutLimit_isFifty() {
    system.book(
        IntStream.range(0, 60)
            .mapToObj(i -> TestEvents.event("evt-" + i).at(NOON.minusSeconds(i)).stored())
            .toArray(StoredEvent[]::new));

    assertThat(list("").data()).hasSize(50);
    assertThat(list("limit=200").data()).hasSize(60);
    assertThat(list("limit=1").data()).hasSize(1);
  }

  @Test
  void list_idsWithAnyCharacters_areFoundByThem() {
    String odd = "größe & co/=?#%+ 東京";
    system.book(TestEvents.event("evt-1").customer(odd).feature(odd).stored());
    String encoded = java.net.URLEncoder.encode(odd, java.nio.charset.StandardCharsets.UTF_8);

    assertThat(ids(list("customer_id=" + encoded + "&feature_id=" + encoded)))
        .containsExactly("evt-1");
  }

  @ParameterizedTest
  @CsvSource({
    "limit,limit=0",
    "limit,limit=201",
    "limit,limit=ten",
    "limit,limit=1.5",
    "limit,limit=%2B5",
    "limit,limit=99999999999",
    "limit,limit=5&limit=6",
    "limit,limit=",
    "limit,limit",
    "cursor,cursor=abc",
    "cursor,cursor=%00",
    "cursor,cursor=MjAyNi0xMC0wNVQ5OTo5OTo5OS45OTla",
    "provider,provider=anthropic",
    "provider,provider=ACME",
    "status,status=fine",
    "source,source=api",
    "from,from=yesterday",
    "from,from=2026-10-05",
    "from,from=2026-10-05T12:00:00",
    "from,from=2026-02-30T12:00:00Z",
    "from,from=0000-01-01T00:00:00%2B01:00",
    "to,to=9999-12-31T23:59:59-01:00",
    "from,from=2026-10-05T12:00:00Z&to=2026-10-05T12:00:00Z",
    "from,from=2026-10-06T12:00:00Z&to=2026-10-05T12:00:00Z",
    "customer_id,customer_id=",
    "customer_id,customer_id=a%0Ab",
    "customer_id,customer_id=%zz",
    "customer_id,customer_id=%4",
    "customer_id,customer_id=%C3%28",
    "customer,customer=acme",
    "offset,offset=ten",
  })
  void list_badParameter_isNamed(String name, String query) {
    Reply reply = list(query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("VALIDATION_ERROR");
    assertThat(reply.message()).startsWith(name + " ");
  }

  @Test
  void list_idLongerThanAnyKeyTakes_isRefused() {
    assertThat(list("customer_id=" + "%23".repeat(256)).status()).isEqualTo(200);
    assertThat(list("customer_id=" + "a".repeat(257)).message()).startsWith("customer_id ");
  }

  @Test
  void list_parameterWithAStrangeName_isNotRepeated() {
    Reply reply = list("%3Cscript%3Ealert(1)%3C/script%3E=1");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).doesNotContain("script");
  }

  @Test
  void list_farFutureEnd_isAnsweredAtOnce() {
    system.book(TestEvents.event("evt-1").stored());

    assertThat(ids(list("to=9999-12-31T23:59:59Z&from=2026-10-01T00:00:00Z")))
        .containsExactly("evt-1");
  }

  private Reply list(String query) {
    return system.get("/v1/events?" + query).bearer(key).send();
  }

  private List<String> pageThrough(String query) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = list(query + cursor);
      assertThat(page.status()).isEqualTo(200);
      ids.addAll(ids(page));
      JsonNode next = page.json().path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asText();
    } while (!cursor.isEmpty());
    return ids;
  }

  private static List<String> ids(Reply reply) {
    List<String> ids = new ArrayList<>();
    reply.data().forEach(event -> ids.add(event.path("event_id").asText()));
    return ids;
  }
}
