package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Usage;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(DynamoDbExtension.class)
class UsageSummaryTest {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

  private final QuerySystem system;
  private final String key;

  UsageSummaryTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
  }

  @Test
  void summary_someEvents_addsThemUp() throws Exception {
    system.book(
        TestEvents.event("a").stored(),
        TestEvents.event("b").customer("globex").stored(),
        TestEvents.event("c")
            .cost(new Cost.Unpriced("no price", "v7", new BigDecimal("0.5")))
            .stored(),
        TestEvents.event("d").stored(Usage.none("provider error")));

    assertThat(sum(""))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "from": "2026-09-05T12:00:00Z",
                      "to": "2026-10-05T13:00:00Z",
                      "events": 4,
                      "input_tokens": 6000,
                      "output_tokens": 1020,
                      "tokens":
                        {"input": 3600, "cache_read": 2400, "output": 900, "reasoning": 120},
                      "units": {"web_searches": "6"},
                      "cost_usd": "0.0261",
                      "unpriced_events": 1,
                      "unpriced_known_usd": "0.5",
                      "quarantined_events": 0,
                      "usage_status": {"exact": 3, "none": 1},
                      "call_status": {"ok": 4},
                      "updated_at": "2026-10-05T12:33:58Z",
                      "previous": null
                    }
                    """));
  }

  @Test
  void summary_nothingBooked_isZeroAndNeverUpdated() {
    JsonNode sum = sum("");

    assertThat(sum.path("events").asInt()).isZero();
    assertThat(sum.path("cost_usd").asText()).isEqualTo("0");
    assertThat(sum.path("updated_at").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "customer_id=globex,1",
    "customer_id=acme,3",
    "customer_id=acme&user_id=eve,1",
    "feature_id=search,1",
    "provider=OPENAI,1",
    "model=gpt-5,1",
    "model=gpt-5&feature_id=search,0",
  })
  void summary_filtered_sumsWhatMatchesOnly(String query, int events) {
    system.book(
        TestEvents.event("customer").customer("globex").stored(),
        TestEvents.event("user").user("eve").stored(),
        TestEvents.event("feature").feature("search").stored(),
        TestEvents.event("model").model(Provider.OPENAI, "gpt-5").stored());

    assertThat(sum(query).path("events").asInt()).isEqualTo(events);
  }

  @Test
  void summary_timesWithinHours_areWidenedAndSaidSo() {
    system.book(
        TestEvents.event("in the first hour").at(NOON.plusSeconds(60)).stored(),
        TestEvents.event("in the hour before").at(NOON.minusSeconds(1)).stored());

    JsonNode sum = sum("from=2026-10-05T12:30:00Z&to=2026-10-05T12:30:01Z");

    assertThat(sum.path("events").asInt()).isEqualTo(1);
    assertThat(sum.path("from").asText()).isEqualTo("2026-10-05T12:00:00Z");
    assertThat(sum.path("to").asText()).isEqualTo("2026-10-05T13:00:00Z");
  }

  @Test
  void summary_timesOnWholeHours_stayAsTheyAre() {
    JsonNode sum = sum("from=2026-10-05T12:00:00%2B01:00&to=2026-10-05T12:00:00Z");

    assertThat(sum.path("from").asText()).isEqualTo("2026-10-05T11:00:00Z");
    assertThat(sum.path("to").asText()).isEqualTo("2026-10-05T12:00:00Z");
  }

  @Test
  void summary_compared_isOfTheEqualTimeJustBefore() {
    system.book(
        TestEvents.event("too early").at(NOON.minus(Duration.ofHours(4)).minusMillis(1)).stored(),
        TestEvents.event("first").at(NOON.minus(Duration.ofHours(4))).stored(),
        TestEvents.event("last").at(NOON.minus(Duration.ofHours(2)).minusMillis(1)).stored(),
        TestEvents.event("now").at(NOON.minus(Duration.ofHours(2))).stored());

    JsonNode sum = sum("compare=previous&from=2026-10-05T10:00:00Z&to=2026-10-05T12:00:00Z");

    assertThat(sum.path("events").asInt()).isEqualTo(1);
    assertThat(sum.at("/previous/events").asInt()).isEqualTo(2);
  }

  @Test
  void summary_withoutTimes_isTheLastThirtyDays() {
    system.book(
        TestEvents.event("29 days").at(NOON.minus(Duration.ofDays(29))).stored(),
        TestEvents.event("31 days").at(NOON.minus(Duration.ofDays(31))).stored());

    assertThat(sum("").path("events").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "user_id,user_id=eve",
    "status,status=ok",
    "limit,limit=5",
    "from,from=2026-10-06T12:00:00Z&to=2026-10-05T12:00:00Z",
    "from,from=1970-01-01T00:00:00Z",
    "provider,provider=x",
  })
  void summary_badParameter_isNamed(String name, String query) {
    Reply reply = system.get("/v1/usage/summary?" + query).bearer(key).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith(name + " ");
  }

  private JsonNode sum(String query) {
    return system.get("/v1/usage/summary?" + query).bearer(key).send().data();
  }
}
