package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is asked, in whatever pieces, the sums are those of the events. */
@ExtendWith(DynamoDbExtension.class)
class UsageAgreementTest {
  private static final Instant FROM = Instant.parse("2026-09-28T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-10-05T00:00:00Z");
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Apia");

  private final QuerySystem system;
  private final String key;
  private final Random random = new Random(20261005);
  private final List<StoredEvent> events = new ArrayList<>();

  UsageAgreementTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
    for (int i = 0; i < 120; i++) {
      Instant time = FROM.plusMillis(random.nextLong(Duration.between(FROM, TO).toMillis()));
      Cost cost =
          random.nextInt(5) == 0
              ? new Cost.Unpriced("no price", "v1", BigDecimal.valueOf(random.nextInt(9), 3))
              : new Cost.Priced(BigDecimal.valueOf(random.nextInt(1_000_000), 9), "v1");
      TestEvents event =
          TestEvents.event("evt-" + i)
              .at(time)
              .customer(pick("acme", "globex", "a#b"))
              .user(random.nextInt(4) == 0 ? null : pick("bob", "eve"))
              .feature(pick("chat", "search"))
              .cost(cost);
      events.add(
          (random.nextBoolean() ? event : event.model(Provider.OPENAI, pick("gpt-5", "gpt-5-mini")))
              .stored());
    }
    system.book(events.toArray(StoredEvent[]::new));
  }

  @Test
  void summary_anyFilter_isTheSumOfTheEvents() {
    for (Filter filter : Filter.values()) {
      JsonNode sum = data("/v1/usage/summary?" + range() + filter.query);

      assertSum(sum, events(filter), filter);
    }
  }

  @Test
  void summary_compared_hasTheSumOfTheTimeBefore() {
    Instant middle = Instant.parse("2026-10-01T12:00:00Z");
    JsonNode sum = data("/v1/usage/summary?compare=previous&from=%s&to=%s".formatted(middle, TO));

    assertSum(sum, between(middle, TO), "now");
    assertSum(
        sum.path("previous"),
        between(middle.minus(Duration.between(middle, TO)), middle),
        "before");
  }

  @Test
  void series_anyBucketZoneAndGroup_addsUpToTheEvents() {
    for (String bucket : List.of("hour", "day", "week", "month")) {
      for (String zone : ZONES) {
        for (String group : List.of("none", "model", "feature", "provider", "customer")) {
          JsonNode series =
              data(
                  "/v1/usage/series?%s&bucket=%s&time_zone=%s&group_by=%s&top=2"
                      .formatted(range(), bucket, zone, group));

          assertSeries(series, zone + " " + bucket + " " + group, events);
        }
      }
    }
  }

  @Test
  void series_daysOfAZone_holdTheEventsOfThoseDays() {
    for (String zone : ZONES) {
      JsonNode series = data("/v1/usage/series?" + range() + "&bucket=day&time_zone=" + zone);
      JsonNode points = series.path("groups").get(0).path("points");
      for (int i = 0; i < points.size(); i++) {
        Instant start = Instant.parse(series.path("buckets").get(i).asText());
        Instant end =
            i + 1 < points.size() ? Instant.parse(series.path("buckets").get(i + 1).asText()) : TO;

        assertThat(points.get(i).path("events").asInt())
            .as("%s %s", zone, start)
            .isEqualTo(between(start, end).size());
      }
    }
  }

  @Test
  void series_ofUsers_addUpToTheCustomersEvents() {
    JsonNode series = data("/v1/usage/series?" + range() + "&group_by=user&customer_id=acme&top=1");

    assertSeries(
        series,
        "users",
        events.stream().filter(e -> e.event().attribution().customerId().equals("acme")).toList());
  }

  @Test
  void breakdown_anyGroupAndFilter_addsUpToTheEvents() {
    for (Filter filter : Filter.values()) {
      for (String group : List.of("model", "feature", "provider", "customer", "user")) {
        Reply reply =
            system
                .get("/v1/usage/breakdown?" + range() + "&group_by=" + group + filter.query)
                .bearer(key)
                .send();
        if (reply.status() == 400) {
          assertThat(filter.refuses(group)).as("%s by %s", filter, group).isTrue();
          continue;
        }
        JsonNode total = reply.data().path("total");

        assertSum(total, events(filter), filter + " by " + group);
        assertThat(sum(reply.data().path("rows"), row -> row.path("sum")))
            .isEqualByComparingTo(total.path("cost_usd").asText());
      }
    }
  }

  private enum Filter {
    NONE("", e -> true),
    CUSTOMER("&customer_id=acme", e -> e.attribution().customerId().equals("acme")),
    USER(
        "&customer_id=acme&user_id=bob",
        e -> e.attribution().customerId().equals("acme") && "bob".equals(e.attribution().userId())),
    FEATURE("&feature_id=search", e -> e.attribution().featureId().equals("search")),
    PROVIDER("&provider=OPENAI", e -> e.provider() == Provider.OPENAI),
    MODEL(
        "&provider=OPENAI&model=gpt-5",
        e -> e.provider() == Provider.OPENAI && "gpt-5".equals(e.model())),
    CUSTOMERS_FEATURE(
        "&customer_id=acme&feature_id=chat",
        e ->
            e.attribution().customerId().equals("acme")
                && e.attribution().featureId().equals("chat"));

    private final String query;
    private final Predicate<UsageEvent> matches;

    Filter(String query, Predicate<UsageEvent> matches) {
      this.query = query;
      this.matches = matches;
    }

    /** What no rollup answers. */
    boolean refuses(String group) {
      return switch (this) {
        case NONE, FEATURE, MODEL -> group.equals("user");
        case PROVIDER -> group.equals("user") || group.equals("customer");
        case CUSTOMERS_FEATURE -> group.equals("user");
        case CUSTOMER, USER -> false;
      };
    }
  }

  private void assertSeries(JsonNode series, String what, List<StoredEvent> expected) {
    BigDecimal cost =
        expected.stream().map(e -> priced(e)).reduce(BigDecimal.ZERO, BigDecimal::add);
    long counted = 0;
    BigDecimal points = BigDecimal.ZERO;
    for (JsonNode group : series.path("groups")) {
      assertThat(group.path("points")).as(what).hasSameSizeAs(series.path("buckets"));
      counted += group.path("total").path("events").asLong();
      points = points.add(sum(group.path("points"), point -> point));
    }
    assertThat(counted).as(what).isEqualTo(expected.size());
    assertThat(points).as(what).isEqualByComparingTo(cost);
  }

  private static void assertSum(JsonNode sum, List<StoredEvent> expected, Object what) {
    BigDecimal cost = BigDecimal.ZERO;
    BigDecimal known = BigDecimal.ZERO;
    long unpriced = 0;
    long input = 0;
    for (StoredEvent stored : expected) {
      cost = cost.add(priced(stored));
      input += stored.event().usage().tokens().total(TokenClass.Side.INPUT);
      if (stored.cost() instanceof Cost.Unpriced lower) {
        unpriced++;
        known = known.add(lower.knownUsd());
      }
    }
    assertThat(sum.path("events").asInt()).as("%s", what).isEqualTo(expected.size());
    assertThat(sum.path("input_tokens").asLong()).as("%s", what).isEqualTo(input);
    assertThat(new BigDecimal(sum.path("cost_usd").asText()))
        .as("%s", what)
        .isEqualByComparingTo(cost);
    assertThat(sum.path("unpriced_events").asLong()).as("%s", what).isEqualTo(unpriced);
    assertThat(new BigDecimal(sum.path("unpriced_known_usd").asText()))
        .as("%s", what)
        .isEqualByComparingTo(known);
  }

  private static BigDecimal priced(StoredEvent stored) {
    return stored.cost() instanceof Cost.Priced priced ? priced.usd() : BigDecimal.ZERO;
  }

  private static BigDecimal sum(JsonNode rows, Function<JsonNode, JsonNode> sum) {
    BigDecimal cost = BigDecimal.ZERO;
    for (JsonNode row : rows) {
      cost = cost.add(new BigDecimal(sum.apply(row).path("cost_usd").asText()));
    }
    return cost;
  }

  private List<StoredEvent> events(Filter filter) {
    return events.stream().filter(e -> filter.matches.test(e.event())).toList();
  }

  private List<StoredEvent> between(Instant from, Instant to) {
    return events.stream()
        .filter(e -> !e.event().timestamp().isBefore(from) && e.event().timestamp().isBefore(to))
        .toList();
  }

  private static String range() {
    return "from=%s&to=%s".formatted(FROM, TO);
  }

  private JsonNode data(String target) {
    Reply reply = system.get(target).bearer(key).send();
    assertThat(reply.status()).as("%s: %s", target, reply.message()).isEqualTo(200);
    return reply.data();
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }
}
