package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.keys.Scope;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the routes for clients of the existing TypeScript package sum up is the sum of the events,
 * and what {@code /v1/usage} says; each list of an answer adds up to its summary.
 */
@ExtendWith(DynamoDbExtension.class)
class AnalyticsAgreementTest {
  private static final Instant FROM = Instant.parse("2026-09-28T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-10-05T00:00:00Z");

  private final QuerySystem system;
  private final String key;
  private final Random random = new Random(20261124);
  private final List<StoredEvent> events = new ArrayList<>();

  AnalyticsAgreementTest(QuerySystem system) {
    this.system = system;
    this.key = system.addKey(Scope.READ);
    for (int i = 0; i < 100; i++) {
      events.add(event(i, FROM.plusMillis(random.nextLong(Duration.between(FROM, TO).toMillis()))));
    }
    // The last moment of a day, and the first of the next one.
    events.add(event(100, Instant.parse("2026-09-30T23:59:59.999999999Z")));
    events.add(event(101, Instant.parse("2026-10-01T00:00:00Z")));
    system.book(events.toArray(StoredEvent[]::new));
  }

  private enum Filter {
    NONE("", "", _ -> true),
    CUSTOMER(
        "&customerId=acme", "&customer_id=acme", e -> e.attribution().customerId().equals("acme")),
    USER(
        "&customer_id=acme&user_id=bob",
        "&customer_id=acme&user_id=bob",
        e -> e.attribution().customerId().equals("acme") && "bob".equals(e.attribution().userId())),
    FEATURE(
        "&featureId=search",
        "&feature_id=search",
        e -> e.attribution().featureId().equals("search")),
    PROVIDER("&provider=OPENAI", "&provider=OPENAI", e -> e.provider() == Provider.OPENAI),
    MODEL(
        "&provider=OPENAI&model=gpt-5",
        "&provider=OPENAI&model=gpt-5",
        e -> e.provider() == Provider.OPENAI && "gpt-5".equals(e.model()));

    private final String analytics;
    private final String usage;
    private final Predicate<UsageEvent> matches;

    Filter(String analytics, String usage, Predicate<UsageEvent> matches) {
      this.analytics = analytics;
      this.usage = usage;
      this.matches = matches;
    }
  }

  @Test
  void anyRouteAndFilter_isTheSumOfTheEventsAndOfUsage() {
    for (Filter filter : Filter.values()) {
      Instant from = FROM.plus(Duration.ofHours(random.nextInt(72)));
      Instant to = TO.minus(Duration.ofHours(random.nextInt(72)));
      String range = "startDate=%s&endDate=%s".formatted(from, to);
      List<StoredEvent> expected = between(from, to, filter);
      JsonNode summary =
          data("/v1/usage/summary?from=%s&to=%s%s".formatted(from, to, filter.usage));
      JsonNode usage = data("/v1/analytics/usage?" + range + filter.analytics);
      JsonNode costs = data("/v1/analytics/costs?" + range + filter.analytics);
      JsonNode breakdown = data("/v1/analytics/cost-breakdown?" + range + filter.analytics);

      assertUsage(usage, expected, filter.toString());
      assertThat(usage.at("/summary/totalCostUsd").asText())
          .as("%s", filter)
          .isEqualTo(summary.path("cost_usd").asText())
          .isEqualTo(costs.at("/summary/totalProviderCost").asText())
          .isEqualTo(breakdown.path("totalCostUsd").asText());
      assertThat(usage.at("/summary/unpricedEvents").asLong())
          .isEqualTo(summary.path("unpriced_events").asLong())
          .isEqualTo(costs.at("/summary/unpricedEvents").asLong())
          .isEqualTo(breakdown.path("unpricedEvents").asLong());
      assertThat(usage.at("/summary/totalInputTokens").asText())
          .isEqualTo(summary.path("input_tokens").asText());
      assertThat(sum(costs.path("byProvider"), "providerCost")).isEqualByComparingTo(usd(expected));
      assertThat(sum(breakdown.path("byProvider"), "costUsd")).isEqualByComparingTo(usd(expected));
      assertThat(sum(breakdown.path("byFeature"), "costUsd")).isEqualByComparingTo(usd(expected));
    }
  }

  @Test
  void usage_userOfAnyCustomer_isTheSumOfTheEvents() {
    JsonNode usage =
        data("/v1/analytics/usage?startDate=%s&endDate=%s&user_id=eve".formatted(FROM, TO));

    assertUsage(
        usage,
        events.stream().filter(e -> "eve".equals(e.event().attribution().userId())).toList(),
        "eve");
  }

  /** A date alone stands for its whole day, as start and as end. */
  @Test
  void usage_datesAlone_haveAllEventsOfTheirDaysInUtc() {
    for (int day = 0; day < 7; day++) {
      LocalDate first = LocalDate.ofInstant(FROM, ZoneOffset.UTC).plusDays(day);
      for (LocalDate last = first; last.isBefore(LocalDate.parse("2026-10-05")); ) {
        JsonNode usage =
            data("/v1/analytics/usage?start_date=%s&end_date=%s".formatted(first, last));
        Instant end = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();

        assertUsage(
            usage,
            between(first.atStartOfDay(ZoneOffset.UTC).toInstant(), end, Filter.NONE),
            first + " to " + last);
        assertThat(usage.path("endDate").asText()).isEqualTo(end.toString());
        last = last.plusDays(3);
      }
    }
  }

  @Test
  void usage_timesWithAnOffset_areTakenAsThoseMoments() {
    JsonNode local =
        data(
            "/v1/analytics/usage?startDate=2026-09-30T02:00:00%2B02:00"
                + "&endDate=2026-10-01T05:30:00%2B05:30");

    assertUsage(
        local,
        between(
            Instant.parse("2026-09-30T00:00:00Z"),
            Instant.parse("2026-10-01T00:00:00Z"),
            Filter.NONE),
        "offsets");
  }

  @Test
  void usage_anyGroupBy_hasATimelineThatAddsUp() {
    for (String group : List.of("day", "week", "month")) {
      JsonNode usage =
          data("/v1/analytics/usage?startDate=%s&endDate=%s&groupBy=%s".formatted(FROM, TO, group));

      assertThat(sum(usage.path("timeline"), "costUsd")).isEqualByComparingTo(usd(events));
      assertThat(sum(usage.path("timeline"), "events")).isEqualByComparingTo("102");
    }
  }

  private static void assertUsage(JsonNode usage, List<StoredEvent> expected, String what) {
    JsonNode summary = usage.path("summary");
    assertThat(summary.path("totalEvents").asLong()).as(what).isEqualTo(expected.size());
    assertThat(summary.path("totalInputTokens").asText())
        .as(what)
        .isEqualTo(Long.toString(tokens(expected, TokenClass.Side.INPUT)));
    assertThat(summary.path("totalOutputTokens").asText())
        .as(what)
        .isEqualTo(Long.toString(tokens(expected, TokenClass.Side.OUTPUT)));
    assertThat(new BigDecimal(summary.path("totalCostUsd").textValue()))
        .as(what)
        .isEqualByComparingTo(usd(expected));
    assertThat(new BigDecimal(summary.path("totalCreditsBurned").textValue()))
        .as(what)
        .isEqualByComparingTo(usd(expected).multiply(BigDecimal.valueOf(1000)));
    assertRows(usage.path("byFeature"), "featureId", expected, e -> e.attribution().featureId());
    assertRows(usage.path("byProvider"), "model", expected, UsageEvent::model);
    assertRows(usage.path("byEventType"), "eventType", expected, e -> e.type().name());
    for (JsonNode row : usage.path("timeline")) {
      LocalDate day = LocalDate.parse(row.path("date").asText());
      List<StoredEvent> ofDay =
          expected.stream()
              .filter(e -> LocalDate.ofInstant(e.event().timestamp(), ZoneOffset.UTC).equals(day))
              .toList();

      assertRow(row, "events", ofDay, what + " on " + day);
    }
    assertThat(sum(usage.path("timeline"), "events"))
        .as(what)
        .isEqualByComparingTo(BigDecimal.valueOf(expected.size()));
  }

  private static void assertRows(
      JsonNode rows, String name, List<StoredEvent> expected, Function<UsageEvent, String> group) {
    Map<String, List<StoredEvent>> groups = new TreeMap<>();
    expected.forEach(
        e -> groups.computeIfAbsent(group.apply(e.event()), _ -> new ArrayList<>()).add(e));
    assertThat(rows)
        .extracting(row -> row.path(name).asText())
        .containsExactlyInAnyOrderElementsOf(groups.keySet());
    for (JsonNode row : rows) {
      assertRow(row, "eventCount", groups.get(row.path(name).asText()), row.toString());
    }
  }

  private static void assertRow(
      JsonNode row, String count, List<StoredEvent> expected, String what) {
    assertThat(row.path(count).asLong()).as(what).isEqualTo(expected.size());
    assertThat(new BigDecimal(row.path("costUsd").textValue()))
        .as(what)
        .isEqualByComparingTo(usd(expected));
    assertThat(row.path("unpricedEvents").longValue())
        .as(what)
        .isEqualTo(expected.stream().filter(e -> !e.cost().isPriced()).count());
  }

  private static BigDecimal sum(JsonNode rows, String field) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : rows) {
      sum = sum.add(new BigDecimal(row.path(field).asText()));
    }
    return sum;
  }

  private static BigDecimal usd(List<StoredEvent> events) {
    return events.stream().map(e -> e.cost().pricedUsd()).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static long tokens(List<StoredEvent> events, TokenClass.Side side) {
    return events.stream().mapToLong(e -> e.event().usage().tokens().total(side)).sum();
  }

  private List<StoredEvent> between(Instant from, Instant to, Filter filter) {
    return events.stream()
        .filter(e -> filter.matches.test(e.event()))
        .filter(e -> !e.event().timestamp().isBefore(from) && e.event().timestamp().isBefore(to))
        .toList();
  }

  private JsonNode data(String target) {
    Reply reply = system.get(target).bearer(key).send();
    assertThat(reply.status()).as("%s: %s", target, reply.message()).isEqualTo(200);
    return reply.data();
  }

  private StoredEvent event(int i, Instant time) {
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
    TestEvents ofModel =
        random.nextBoolean() ? event : event.model(Provider.OPENAI, pick("gpt-5", "gpt-5-mini"));
    return random.nextInt(3) == 0
        ? ofModel.stored(random.nextBoolean() ? EventType.IMAGE_GENERATION : EventType.CUSTOM)
        : ofModel.stored();
  }

  private String pick(String... words) {
    return words[random.nextInt(words.length)];
  }
}
