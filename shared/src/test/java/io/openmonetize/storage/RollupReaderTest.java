package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollupReaderTest extends StoreTest {
  private static final Instant START = Instant.parse("2026-06-25T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(10);

  private final List<StoredEvent> events = new RandomEvents(11, START, SPAN).list(120);
  private RollupReader reader;

  @BeforeEach
  void bookAll() {
    book(events);
    reader = new RollupReader(dynamoDb, tables.usage(), LAYOUT);
  }

  @Test
  void sum_anyWholeHoursAndFilter_equalsTheSumOfTheEvents() {
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      Instant from = START.plus(Duration.ofHours(random.nextInt(-5, 250)));
      Instant to = from.plus(Duration.ofHours(random.nextInt(0, 200)));
      RollupFilter filter = filter(random);
      Instant now = START.plus(Duration.ofMinutes(random.nextInt(-100, 15_000)));

      assertThat(readerAt(now).sum(filter, from, to))
          .as("%s from %s to %s, read at %s", filter, from, to, now)
          .usingRecursiveComparison()
          .ignoringFields("updatedAt")
          .isEqualTo(sum(from, to, event -> matches(filter, event)));
    }
  }

  @Test
  void series_byHour_hasEachEventInItsHour() {
    Map<Instant, Long> counted = new HashMap<>();
    List<Instant> edges =
        Stream.iterate(START, hour -> hour.plus(Duration.ofHours(1)))
            .limit(SPAN.toHours() + 1)
            .toList();
    List<Rollup> sums = reader.whole(RollupFilter.ALL, edges);
    for (int i = 0; i < sums.size(); i++) {
      if (sums.get(i).events() != 0) {
        counted.put(edges.get(i), sums.get(i).events());
      }
    }

    assertThat(counted).isEqualTo(count(event -> Grain.HOUR.floor(event.timestamp())));
  }

  @Test
  void uses_byModelOrFeature_countsEachModelsAndFeaturesEvents() {
    List<Instant> edges = List.of(START.minus(Duration.ofHours(5)), START.plus(SPAN));
    Map<String, Long> models = new HashMap<>();
    reader
        .uses(
            RollupFilter.ALL,
            RollupReader.By.MODEL,
            edges,
            use -> use.provider() + " " + use.model())
        .forEach((model, sums) -> models.put(model, sums.getFirst().events()));
    Map<String, Long> features = new HashMap<>();
    reader
        .uses(RollupFilter.ALL, RollupReader.By.FEATURE, edges, RollupDimension.Use::featureId)
        .forEach((feature, sums) -> features.put(feature, sums.getFirst().events()));

    assertThat(models).isEqualTo(count(event -> event.provider() + " " + event.model()));
    assertThat(features).isEqualTo(count(event -> event.attribution().featureId()));
  }

  /** What has passed of a running week is the week less what is to come, of which there is none. */
  @Test
  void plan_rangeUpToNow_takesTheRunningWeekWhole() {
    Instant monday = Instant.parse("2026-06-22T00:00:00Z");
    Instant now = Instant.parse("2026-06-23T09:30:00Z");
    List<Instant> edges = List.of(monday, Instant.parse("2026-06-23T10:00:00Z"));

    RollupPlan plan = RollupPlan.of(edges, Grain.HOUR, Grain.WEEK, now);

    assertThat(plan.shares(Grain.WEEK, monday)).containsExactly(new RollupPlan.Share(0, true));
    assertThat(plan.shares(Grain.DAY, monday)).isEmpty();
    assertThat(plan.shares(Grain.HOUR, Instant.parse("2026-06-23T09:00:00Z"))).isEmpty();
    assertThat(plan.shares(Grain.HOUR, Instant.parse("2026-06-23T10:00:00Z")))
        .containsExactly(new RollupPlan.Share(0, false));
  }

  @Test
  void customers_wholeRange_countsEachCustomersEvents() {
    Map<String, Long> counted = new HashMap<>();
    reader
        .customers(List.of(START, START.plus(SPAN)))
        .forEach((customer, sums) -> counted.put(customer, sums.getFirst().events()));

    assertThat(counted).isEqualTo(count(event -> event.attribution().customerId()));
  }

  @Test
  void users_ofOneCustomer_countsEachUsersEventsAndThoseWithoutUser() {
    Map<String, Long> counted = new HashMap<>();
    reader
        .users("acme", List.of(START, START.plus(SPAN)))
        .forEach(
            (user, sums) -> counted.put(String.valueOf(user.userId()), sums.getFirst().events()));

    Map<String, Long> expected = new HashMap<>();
    for (StoredEvent stored : events) {
      Attribution whose = stored.event().attribution();
      if (whose.customerId().equals("acme")) {
        expected.merge(String.valueOf(whose.userId()), 1L, Long::sum);
      }
    }
    assertThat(counted).isEqualTo(expected);
  }

  private RollupReader readerAt(Instant now) {
    return new RollupReader(dynamoDb, tables.usage(), LAYOUT, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void sum_rangeWithinAnHour_isRefused() {
    assertThatThrownBy(() -> reader.sum(RollupFilter.ALL, START.plusSeconds(1), START.plus(SPAN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void uses_hoursOfTenYears_areRefused() {
    List<Instant> edges =
        Stream.iterate(START, hour -> hour.plus(Duration.ofHours(1))).limit(24 * 3653).toList();

    assertThatThrownBy(() -> reader.whole(RollupFilter.ALL, edges))
        .isInstanceOf(RangeTooLongException.class);
  }

  @Test
  void uses_moreSumsThanMemoryShouldHold_areRefused() {
    List<Instant> edges =
        Stream.iterate(START, hour -> hour.plus(Duration.ofHours(1))).limit(24 * 400).toList();

    assertThatThrownBy(() -> reader.uses(RollupFilter.ALL, RollupReader.By.USE, edges, use -> use))
        .isInstanceOf(RangeTooLongException.class)
        .hasMessageContaining("sums");
  }

  @Test
  void customers_anyWholeHours_equalTheSumsOfTheirEvents() {
    Random random = new Random(5);
    for (int i = 0; i < 25; i++) {
      Instant from = START.plus(Duration.ofHours(random.nextInt(-30, 250)));
      Instant middle = from.plus(Duration.ofHours(random.nextInt(0, 300)));
      Instant to = middle.plus(Duration.ofHours(random.nextInt(0, 300)));

      Map<String, List<Rollup>> sums = reader.customers(List.of(from, middle, to));

      for (String customer : List.of("acme", "a#b", "%", "x")) {
        List<Rollup> ofCustomer = sums.getOrDefault(customer, List.of(Rollup.NONE, Rollup.NONE));
        assertSums(ofCustomer.get(0), from, middle, e -> customer.equals(customerOf(e)));
        assertSums(ofCustomer.get(1), middle, to, e -> customer.equals(customerOf(e)));
      }
    }
  }

  @Test
  void customersOf_oneFeatureAndOneModel_equalTheSumsOfTheirEvents() {
    Instant from = START.plus(Duration.ofDays(2));
    Instant to = START.plus(Duration.ofDays(9));

    UsageEvent some =
        events.stream()
            .map(StoredEvent::event)
            .filter(e -> !e.timestamp().isBefore(from) && e.timestamp().isBefore(to))
            .findFirst()
            .orElseThrow();
    RollupScope.OfModel model = new RollupScope.OfModel(some.provider(), some.model());

    var ofFeature = reader.customersOf(new RollupScope.OfFeature("#"), List.of(from, to));
    var ofModel = reader.customersOf(model, List.of(from, to));

    assertThat(ofFeature).isNotEmpty();
    ofFeature.forEach(
        (customer, sums) ->
            assertSums(
                sums.getFirst(),
                from,
                to,
                e -> customer.equals(customerOf(e)) && e.attribution().featureId().equals("#")));
    assertThat(ofModel).isNotEmpty();
    ofModel.forEach(
        (customer, sums) ->
            assertSums(
                sums.getFirst(),
                from,
                to,
                e ->
                    customer.equals(customerOf(e))
                        && e.provider() == model.provider()
                        && Objects.equals(e.model(), model.model())));
  }

  private void assertSums(Rollup found, Instant from, Instant to, Predicate<UsageEvent> which) {
    assertThat(found)
        .as("from %s to %s", from, to)
        .usingRecursiveComparison()
        .ignoringFields("updatedAt")
        .isEqualTo(sum(from, to, which));
  }

  private static String customerOf(UsageEvent event) {
    return event.attribution().customerId();
  }

  private static RollupFilter filter(Random random) {
    String customer = random.nextBoolean() ? "acme" : null;
    return new RollupFilter(
        customer,
        customer != null && random.nextBoolean() ? "x" : null,
        random.nextInt(3) == 0 ? "#" : null,
        random.nextInt(3) == 0 ? Provider.GOOGLE : null,
        random.nextInt(3) == 0 ? "" : null);
  }

  private static boolean matches(RollupFilter filter, UsageEvent event) {
    Attribution whose = event.attribution();
    return agrees(filter.customerId(), whose.customerId())
        && agrees(filter.userId(), whose.userId())
        && agrees(filter.featureId(), whose.featureId())
        && agrees(filter.provider(), event.provider())
        && agrees(filter.model(), event.model());
  }

  private static boolean agrees(Object wanted, Object found) {
    return wanted == null || Objects.equals(wanted, found);
  }

  private Rollup sum(Instant from, Instant to, Predicate<UsageEvent> which) {
    return events.stream()
        .filter(stored -> !stored.event().timestamp().isBefore(from))
        .filter(stored -> stored.event().timestamp().isBefore(to))
        .filter(stored -> which.test(stored.event()))
        .map(Rollup::of)
        .reduce(Rollup.NONE, Rollup::plus);
  }

  private <K> Map<K, Long> count(Function<UsageEvent, K> by) {
    Map<K, Long> counted = new HashMap<>();
    for (StoredEvent stored : events) {
      counted.merge(by.apply(stored.event()), 1L, Long::sum);
    }
    return counted;
  }
}
