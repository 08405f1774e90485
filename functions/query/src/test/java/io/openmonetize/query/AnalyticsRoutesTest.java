package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.Provider;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class AnalyticsRoutesTest {
  private final QuerySystem system;
  private final String key;

  AnalyticsRoutesTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
  }

  @Test
  void series_nothingBooked_hasAllBucketsWithZero() {
    JsonNode series = get("/v1/usage/series?from=2026-10-01T00:00:00Z&to=2026-10-04T00:00:00Z");

    assertThat(series.path("buckets")).hasSize(3);
    assertThat(series.path("groups")).hasSize(1);
    assertThat(series.path("groups").get(0).path("points").get(2).path("cost_usd").asText())
        .isEqualTo("0");
    assertThat(series.path("updated_at").isNull()).isTrue();
  }

  @Test
  void series_moreGroupsThanTop_foldsTheRestIntoOther() {
    for (int i = 1; i <= 4; i++) {
      system.book(
          TestEvents.event("e" + i)
              .feature("f" + i)
              .cost(new Cost.Priced(BigDecimal.valueOf(i), "v"))
              .stored());
    }

    JsonNode groups = get("/v1/usage/series?group_by=feature&top=2").path("groups");

    assertThat(groups).hasSize(3);
    assertThat(groups.get(0).path("key").path("feature_id").asText()).isEqualTo("f4");
    assertThat(groups.get(2).path("other").asBoolean()).isTrue();
    assertThat(groups.get(2).path("key").isNull()).isTrue();
    assertThat(groups.get(2).path("total").path("cost_usd").asText()).isEqualTo("3");
  }

  @Test
  void sums_unpricedOnesThatCostMoreAtLeast_comeFirst() {
    Cost certain = new Cost.Unpriced("one class has none", "v", new BigDecimal("3"));
    system.book(
        TestEvents.event("a").customer("acme").feature("chat").stored(),
        TestEvents.event("b").customer("globex").feature("search").cost(certain).stored());

    assertThat(get("/v1/usage/series?group_by=feature").at("/groups/0/key/feature_id").asText())
        .isEqualTo("search");
    assertThat(get("/v1/usage/breakdown?group_by=feature").at("/rows/0/key/feature_id").asText())
        .isEqualTo("search");
    assertThat(get("/v1/customers").at("/rows/0/customer_id").asText()).isEqualTo("globex");
  }

  @Test
  void series_weeks_beginOnMondayOfTheZone() {
    JsonNode series =
        get(
            "/v1/usage/series?bucket=week&time_zone=Europe/Berlin"
                + "&from=2026-09-30T00:00:00Z&to=2026-10-13T00:00:00Z");

    assertThat(series.path("buckets"))
        .extracting(JsonNode::asText)
        .containsExactly("2026-09-30T00:00:00Z", "2026-10-04T22:00:00Z", "2026-10-11T22:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "bucket,bucket=hour&from=2026-01-01T00:00:00Z&to=2026-10-01T00:00:00Z",
    "bucket,bucket=year",
    "time_zone,time_zone=Mars/Olympus",
    "time_zone,time_zone=%2B02:00",
    "group_by,group_by=users",
    "customer_id,group_by=user",
    "group_by,group_by=user&customer_id=acme&time_zone=Europe/Berlin",
    "group_by,group_by=customer&feature_id=chat&bucket=hour",
    "model,group_by=customer&model=gpt-5",
    "provider,group_by=customer&provider=OPENAI",
    "feature_id,group_by=customer&feature_id=chat&provider=OPENAI&model=gpt-5",
    "top,top=0",
    "metric,metric=money",
    "user_id,user_id=bob",
  })
  void series_badParameter_isNamed(String name, String query) {
    Reply reply = system.get("/v1/usage/series?" + query).bearer(key).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith(name + " ");
  }

  @Test
  void breakdown_pages_showEachRowOnceGreatestFirst() {
    for (int i = 1; i <= 5; i++) {
      system.book(
          TestEvents.event("e" + i)
              .customer("c" + i)
              .cost(new Cost.Priced(BigDecimal.valueOf(i), "v"))
              .stored());
    }
    List<String> shown = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get("/v1/usage/breakdown?group_by=customer&limit=2" + cursor);
      page.path("rows").forEach(row -> shown.add(row.at("/key/customer_id").asText()));
      assertThat(page.path("total").path("cost_usd").asText()).isEqualTo("15");
      assertThat(page.path("more").asBoolean()).isEqualTo(!page.path("next_cursor").isNull());
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());

    assertThat(shown).containsExactly("c5", "c4", "c3", "c2", "c1");
  }

  @Test
  void breakdown_compared_saysWhatWasBefore() {
    system.book(
        TestEvents.event("now").stored(),
        TestEvents.event("before").at(QuerySystem.START.minus(Duration.ofDays(40))).stored());

    JsonNode row = get("/v1/usage/breakdown?group_by=feature&compare=previous").at("/rows/0");

    assertThat(row.at("/sum/events").asInt()).isEqualTo(1);
    assertThat(row.at("/previous/events").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "group_by,x=1",
    "group_by,group_by=",
    "limit,group_by=model&limit=1001",
    "cursor,group_by=model&cursor=x",
    "compare,group_by=model&compare=next",
    "from,group_by=model&from=1970-01-01T00:00:00Z&to=9999-01-01T00:00:00Z",
  })
  void breakdown_badParameter_isNamed(String name, String query) {
    Reply reply =
        system.get("/v1/usage/breakdown?" + query.replace("x=1", "sort=cost")).bearer(key).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith(name + " ");
  }

  @Test
  void customers_some_haveSumsAndCostsOfEachDay() {
    system.book(
        TestEvents.event("a").at(Instant.parse("2026-10-03T10:00:00Z")).stored(),
        TestEvents.event("b").at(Instant.parse("2026-10-04T10:00:00Z")).stored(),
        TestEvents.event("c").customer("globex").stored());

    JsonNode list = get("/v1/customers?from=2026-10-03T00:00:00Z&to=2026-10-05T12:00:00Z");

    assertThat(list.path("days")).hasSize(3);
    JsonNode acme = list.at("/rows/0");
    assertThat(acme.path("customer_id").asText()).isEqualTo("acme");
    assertThat(acme.at("/sum/events").asInt()).isEqualTo(2);
    assertThat(acme.path("spark"))
        .extracting(JsonNode::asText)
        .containsExactly("0.0087", "0.0087", "0");
    assertThat(acme.path("last_seen").asText()).isEqualTo("2026-10-04T10:00:02Z");
    assertThat(list.path("more").asBoolean()).isFalse();
  }

  @Test
  void customers_prefixSortAndLimit_areKept() {
    system.book(
        TestEvents.event("a").customer("ab").stored(),
        TestEvents.event("b").customer("aa").stored(),
        TestEvents.event("c").customer("aa").stored(),
        TestEvents.event("d").customer("b").stored());

    JsonNode list = get("/v1/customers?prefix=a&sort=events&limit=1");

    assertThat(list.path("rows")).hasSize(1);
    assertThat(list.at("/rows/0/customer_id").asText()).isEqualTo("aa");
    assertThat(list.path("more").asBoolean()).isTrue();
  }

  @Test
  void customers_moreDaysThanAreRead_haveTheirSumsAllTheSame() {
    system.book(
        TestEvents.event("a").stored(),
        TestEvents.event("b").customer("globex").stored(),
        TestEvents.event("c").customer("initech").stored());

    JsonNode rows = get("/v1/customers?from=2002-01-01T00:00:00Z").path("rows");

    assertThat(rows).hasSize(3).allMatch(row -> row.at("/sum/events").asInt() == 1);
    assertThat(rows.get(1).path("spark")).hasSizeGreaterThan(9_000);
    assertThat(rows.get(2).path("spark")).isEmpty();
  }

  @Test
  void series_moreGroupsAndBucketsThanAnAnswerHolds_isRefused() {
    String query = "group_by=model&bucket=hour&from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z";

    assertThat(system.get("/v1/usage/series?top=40&" + query).bearer(key).send().status())
        .isEqualTo(400);
    assertThat(get("/v1/usage/series?top=30&" + query).path("buckets")).hasSize(720);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "sort=name",
        "prefix=",
        "limit=1000&from=1990-01-01T00:00:00Z&to=2026-10-01T00:00:00Z"
      })
  void customers_badParameter_isRefused(String query) {
    assertThat(system.get("/v1/customers?" + query).bearer(key).send().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "kind=customer,acme|globex",
    "kind=customer&prefix=g,globex",
    "kind=customer&limit=1,acme",
    "kind=feature,chat|search",
    "kind=feature&customer_id=globex,chat",
    "kind=model,claude-sonnet-4-5|gpt-5",
    "kind=provider,ANTHROPIC|OPENAI",
    "kind=user&customer_id=acme,bob|eve",
    "kind=user&customer_id=acme&prefix=e,eve",
  })
  void options_ofAKind_areInTheOrderOfTheAlphabet(String query, String values) {
    system.book(
        TestEvents.event("a").stored(),
        TestEvents.event("b").feature("search").user("eve").stored(),
        TestEvents.event("c").customer("globex").model(Provider.OPENAI, "gpt-5").stored());

    JsonNode list = system.get("/v1/options?" + query).bearer(key).send().data();

    assertThat(list)
        .extracting(option -> option.path("value").asText())
        .containsExactly(values.split("\\|"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kind=x", "kind=user", "kind=model&limit=0"})
  void options_badParameter_isRefused(String query) {
    assertThat(system.get("/v1/options?" + query).bearer(key).send().status()).isEqualTo(400);
  }

  @Test
  void forecast_fourWeeksKnown_addsTheMeanOfEachWeekday() {
    // A dollar on every day, two on Mondays; today is Monday the fifth.
    List<StoredEvent> events = new ArrayList<>();
    LocalDate today = LocalDate.parse("2026-10-05");
    for (LocalDate day = today.minusDays(40); day.isBefore(today); day = day.plusDays(1)) {
      BigDecimal usd = BigDecimal.valueOf(day.getDayOfWeek() == DayOfWeek.MONDAY ? 2 : 1);
      events.add(
          TestEvents.event(day.toString())
              .at(Instant.parse(day + "T12:00:00Z"))
              .cost(new Cost.Priced(usd, "v"))
              .stored());
    }
    system.book(events.toArray(StoredEvent[]::new));

    JsonNode forecast = get("/v1/usage/forecast");

    assertThat(forecast.path("month").asText()).isEqualTo("2026-10");
    assertThat(forecast.at("/month_to_date/cost_usd").asText()).isEqualTo("4");
    // Four days past, 27 to come, four of them Mondays.
    assertThat(forecast.path("forecast_usd").asText()).isEqualTo("35");
    assertThat(forecast.path("days_elapsed").asInt()).isEqualTo(4);
    assertThat(forecast.path("days_in_month").asInt()).isEqualTo(31);
  }

  @Test
  void forecast_threeDaysKnown_takesTheirMean() {
    for (int day = 2; day <= 4; day++) {
      system.book(
          TestEvents.event("d" + day)
              .at(Instant.parse("2026-10-0" + day + "T12:00:00Z"))
              .cost(new Cost.Priced(BigDecimal.valueOf(day), "v"))
              .stored());
    }

    // 9 so far, and 3 on each of 27 days.
    assertThat(get("/v1/usage/forecast").path("forecast_usd").asText()).isEqualTo("90");
  }

  @Test
  void forecast_lessThanTwoDaysKnown_isNone() {
    system.book(TestEvents.event("today").stored());

    JsonNode forecast = get("/v1/usage/forecast");

    assertThat(forecast.path("forecast_usd").isNull()).isTrue();
    assertThat(forecast.path("method").asText()).startsWith("No forecast");
  }

  @Test
  void prices_ofOneModel_haveWhatTheBookSays() {
    JsonNode prices = get("/v1/prices?provider=ANTHROPIC&prefix=claude-3-5-haiku");

    assertThat(prices.path("models")).hasSize(1);
    assertThat(prices.at("/models/0/periods/0/per_million_tokens/input").asText()).isEqualTo("0.8");
    assertThat(prices.at("/models/0/periods/0/units/web_searches/per").asText()).isEqualTo("1000");
    assertThat(prices.path("version").asText()).isEqualTo(PriceBook.bundled().version());
    assertThat(prices.path("terms")).isNotEmpty();
    assertThat(get("/v1/prices").path("models").size()).isGreaterThan(50);
  }

  @Test
  void lateChanges_andReratings_beginEmpty() {
    assertThat(get("/v1/late-changes")).isEmpty();
    assertThat(system.get("/v1/reratings").cookie(system.signIn()).send().data()).isEmpty();
  }

  @Test
  void lateChanges_aLateEvent_isCounted() {
    StoredEvent event = TestEvents.event("late").at(Instant.parse("2026-10-01T10:00:00Z")).stored();
    LedgerChange change = new LedgerChange(system.tables.usage(), UsageLayout.DEFAULT, 0);
    change.put(new StoredEvent(event.event(), event.cost(), QuerySystem.START));
    system.dynamoDb.transactWriteItems(t -> t.transactItems(change.actions()));

    JsonNode days = get("/v1/late-changes?customer_id=acme");

    assertThat(days).hasSize(1);
    assertThat(days.get(0).path("day").asText()).isEqualTo("2026-10-01");
    assertThat(days.get(0).path("cost_usd").asText()).isEqualTo("0.0087");
  }

  private JsonNode get(String target) {
    Reply reply = system.get(target).bearer(key).send();
    assertThat(reply.status()).as(reply.message()).isEqualTo(200);
    return reply.data();
  }
}
