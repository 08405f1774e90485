package io.openmonetize.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that pages show, beside sums over the exported events that this test makes. */
@Timeout(180)
class NumbersIT {
  private static final String ALL = "range=90d";

  @TempDir static Path folder;
  private static TestSystem test;
  private static Browsing browsing;
  private static ExportedEvents events;

  @BeforeAll
  static void start() throws Exception {
    // More than one part of a download holds.
    MadeUpLedger.fill(folder, 12_000, 12, 25);
    test = TestSystem.startOn(folder);
    new MixedTraffic(test).run();
    events = ExportedEvents.of(test);
    browsing = Browsing.start(test);
  }

  @AfterAll
  static void stop() {
    browsing.close();
    test.close();
  }

  @Test
  void events_exported_areOfAllKinds() {
    assertThat(events.count()).isEqualTo(12_000 + 12L * MixedTraffic.CUSTOMERS.size());
    assertThat(events.by("usage_status").keySet()).contains("exact", "partial", "missing", "none");
    assertThat(events.by("cost_status").keySet()).containsExactly("priced", "unpriced");
    assertThat(events.by("status").keySet())
        .contains("ok", "error", "interrupted", "timeout", "unaccounted");
    assertThat(events.by("quarantined").keySet()).containsExactly("false", "true");
    assertThat(events.by("source").keySet()).hasSizeGreaterThan(1);
  }

  @Test
  void overview_totals_areTheEventsSums() {
    try (Dashboard dashboard = browsing.open("/overview?" + ALL)) {
      dashboard.loaded();

      assertSums(dashboard, events);
      assertThat(dashboard.figure("Active customers"))
          .hasText(text(events.by("customer_id").size()));
    }
  }

  @Test
  void overview_month_isTheEventsSumSinceItsFirstDay() {
    String month = YearMonth.now(ZoneOffset.UTC).toString();
    ExportedEvents ofMonth = events.where(row -> row.get("timestamp").startsWith(month));
    try (Dashboard dashboard = browsing.open("/overview")) {
      dashboard.loaded();

      Locator panel = dashboard.panel("This month");
      assertThat(usd(panel.locator(".month-value .cost"))).isEqualByComparingTo(ofMonth.known());
      assertThat(panel.locator("dt:text-is('Calls so far') + dd")).hasText(text(ofMonth.count()));
    }
  }

  @ParameterizedTest
  @CsvSource({"Top customers, customer_id, 5", "Top features, feature_id, 5"})
  void overview_topGroups_areTheEventsSumsMostExpensiveFirst(
      String title, String column, int shown) {
    try (Dashboard dashboard = browsing.open("/overview?" + ALL)) {
      dashboard.loaded();

      List<Row> rows = rows(dashboard, title, "Calls", "Cost");
      List<Row> expected =
          events.by(column).entrySet().stream()
              .sorted(Comparator.comparing(e -> e.getValue().priced().negate()))
              .limit(shown)
              .map(e -> new Row(e.getKey(), text(e.getValue().count()), plain(e.getValue())))
              .toList();
      assertThat(rows).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer-0001", "umbrella"})
  void customer_totalsAndGroups_areItsEventsSums(String customer) {
    ExportedEvents its = events.where("customer_id", customer);
    try (Dashboard dashboard = browsing.open("/customers/" + customer + "?" + ALL)) {
      dashboard.loaded();

      assertSums(dashboard, its);
      assertThat(dashboard.figure("Active users")).hasText(text(its.by("user_id").size()));
      assertThat(rows(dashboard, "By feature", "Calls", "Cost"))
          .containsExactlyInAnyOrderElementsOf(groups(its, "feature_id"));
      assertThat(rows(dashboard, "By user", "Calls", "Cost"))
          .hasSizeGreaterThan(1)
          .isSubsetOf(groups(its, "user_id"));
      assertThat(rows(dashboard, "By model", "Calls", "Cost"))
          .hasSizeGreaterThan(1)
          .isSubsetOf(groups(its, "model"));
    }
  }

  @Test
  void customers_table_holdsEachCustomersSums() throws Exception {
    try (Dashboard dashboard = browsing.open("/customers?" + ALL)) {
      dashboard.loaded();

      Map<String, ExportedEvents> customers = events.by("customer_id");
      assertThat(rows(dashboard, "Customers", "Calls", "Spend"))
          .containsExactlyInAnyOrderElementsOf(groups(events, "customer_id"));
      List<Map<String, String>> saved =
          CsvText.records(dashboard.download(dashboard.button("Download CSV")));
      assertThat(saved).hasSize(customers.size());
      for (Map<String, String> row : saved) {
        ExportedEvents its = customers.get(row.get("customer_id"));
        assertThat(row.get("events")).isEqualTo("" + its.count());
        assertThat(row.get("input_tokens")).isEqualTo("" + its.tokens("input_tokens"));
        assertThat(row.get("output_tokens")).isEqualTo("" + its.tokens("output_tokens"));
        assertThat(row.get("unpriced_events")).isEqualTo("" + its.unpriced());
        assertThat(new BigDecimal(row.get("cost_usd"))).isEqualByComparingTo(its.priced());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "customer_id=umbrella", "feature_id=chat", "provider=OPENAI"})
  void activity_totals_areTheSumsOfWhatIsFiltered(String filter) {
    ExportedEvents wanted =
        filter.isEmpty() ? events : events.where(filter.split("=")[0], filter.split("=")[1]);
    try (Dashboard dashboard = browsing.open("/activity?" + ALL + "&" + filter)) {
      dashboard.loaded();

      assertThat(dashboard.figure("Events")).hasText(text(wanted.count()));
      assertThat(dashboard.figure("Input tokens")).hasText(text(wanted.tokens("input_tokens")));
      assertThat(dashboard.figure("Output tokens")).hasText(text(wanted.tokens("output_tokens")));
      assertThat(usd(dashboard.figure("Cost").locator(".cost")))
          .isEqualByComparingTo(wanted.known());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cost, model, ''",
    "cost, customer, ''",
    "cost, user, initech",
    "events, provider, ''",
    "input_tokens, feature, ''",
    "output_tokens, model, umbrella",
    "tokens, customer, ''",
    "cached_tokens, feature, ''",
    "cached_tokens, none, ''"
  })
  void analytics_series_areTheSumsOfEachDayAndGroup(String metric, String group, String customer)
      throws Exception {
    ExportedEvents wanted = customer.isEmpty() ? events : events.where("customer_id", customer);
    String address = "/analytics?%s&rollup=day&metric=%s&group=%s&customer_id=%s";
    try (Dashboard dashboard = browsing.open(address.formatted(ALL, metric, group, customer))) {
      dashboard.loaded();

      List<Map<String, String>> saved =
          CsvText.records(dashboard.download(dashboard.button("Download CSV").first()));
      Map<String, ExportedEvents> days = wanted.by(NumbersIT::day);
      assertThat(saved.stream().map(row -> row.get("start").substring(0, 10)))
          .containsAll(days.keySet());
      for (Map<String, String> row : saved) {
        ExportedEvents ofDay =
            days.getOrDefault(row.get("start").substring(0, 10), new ExportedEvents(List.of()));
        assertThat(amounts(row)).isEqualTo(expected(ofDay, metric, group, amounts(row).keySet()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"model, model", "feature, feature_id", "provider, provider", "customer, customer_id"})
  void analytics_table_holdsEachGroupsSums(String group, String column) throws Exception {
    try (Dashboard dashboard = browsing.open("/analytics?" + ALL + "&group=" + group)) {
      dashboard.loaded();

      List<Map<String, String>> saved =
          CsvText.records(dashboard.download(dashboard.button("Download CSV").last()));
      Map<String, ExportedEvents> groups = new HashMap<>(events.by(row -> group(column, row)));
      for (Map<String, String> row : saved) {
        String name = nameOf(group, row.get("name"));
        ExportedEvents its =
            groups.remove(column.equals("model") ? row.get("provider") + " " + name : name);
        assertThat(its).as(row.get("name")).isNotNull();
        assertThat(row.get("events")).isEqualTo("" + its.count());
        assertThat(row.get("input_tokens")).isEqualTo("" + its.tokens("input_tokens"));
        assertThat(row.get("output_tokens")).isEqualTo("" + its.tokens("output_tokens"));
        assertThat(row.get("unpriced_events")).isEqualTo("" + its.unpriced());
        assertThat(new BigDecimal(row.get("cost_usd"))).isEqualByComparingTo(its.priced());
      }
      assertThat(groups).isEmpty();
    }
  }

  @Test
  void pipeline_counts_areThoseOfTheEvents() {
    try (Dashboard dashboard = browsing.open("/pipeline")) {
      dashboard.loaded();

      long unaccounted = events.where("status", "unaccounted").count();
      assertThat(dashboard.figure("Unaccounted")).hasText(text(unaccounted));
      assertThat(dashboard.figure("Settled")).hasText(text(events.count() - unaccounted));
      assertThat(dashboard.figure("Quarantined"))
          .hasText(text(events.where("quarantined", "true").count()));
      assertThat(dashboard.figure("Unpriced")).hasText(text(events.unpriced()));
    }
  }

  @Test
  void activity_download_holdsEveryEventThatTheApiLists() throws Exception {
    try (Dashboard dashboard = browsing.open("/activity?" + ALL)) {
      List<String> parts = new ArrayList<>();
      dashboard.page().onRequest(request -> parts.add(request.url()));
      dashboard.loaded();

      List<Map<String, String>> saved =
          CsvText.records(dashboard.download(dashboard.button("Download CSV")));

      assertThat(parts).filteredOn(url -> url.contains("events.csv")).hasSizeGreaterThan(1);
      List<List<String>> listed = new ArrayList<>();
      listed(listed::add);
      assertThat(
              saved.stream()
                  .map(
                      row ->
                          List.of(
                              row.get("event_id"),
                              row.get("timestamp"),
                              row.get("customer_id"),
                              row.get("input_tokens"),
                              row.get("output_tokens"),
                              row.get("cost_usd"))))
          .containsExactlyElementsOf(listed);
    }
  }

  @Test
  void activity_downloadOfAFilteredList_holdsThoseEventsAndNoFormulas() throws Exception {
    try (Dashboard dashboard =
        browsing.open("/activity?" + ALL + "&customer_id=initech&feature_id=reports")) {
      dashboard.loaded();

      List<Map<String, String>> saved =
          CsvText.records(dashboard.download(dashboard.button("Download CSV")));

      assertThat(saved).extracting(row -> row.get("feature_id")).containsOnly("reports");
      assertThat(saved)
          .extracting(row -> row.get("user_id"))
          .containsExactlyInAnyOrder("", "", "'=cmd()");
    }
  }

  /** A line of a table: what it is of, how many, and what it cost. */
  private record Row(String name, String calls, String usd) {}

  private static List<Row> rows(Dashboard dashboard, String table, String calls, String cost) {
    List<Row> rows = new ArrayList<>();
    for (Locator row : dashboard.rows(table).all()) {
      rows.add(
          new Row(
              row.getByRole(AriaRole.ROWHEADER).innerText().strip(),
              row.locator("td[data-heading='" + calls + "']").innerText().strip(),
              costOf(row.locator("td[data-heading='" + cost + "']"))));
    }
    return rows;
  }

  /** The whole amount, which stands in the title; the words where there is none. */
  private static String costOf(Locator cell) {
    Locator amount = cell.locator(".cost");
    return amount.count() == 0
        ? cell.innerText().lines().findFirst().orElse("")
        : usd(amount).stripTrailingZeros().toPlainString();
  }

  private static BigDecimal usd(Locator cost) {
    String title = cost.getAttribute("title");
    assertThat(title).startsWith("$");
    return new BigDecimal(title.substring(1).split(" ")[0]);
  }

  private static List<Row> groups(ExportedEvents events, String column) {
    return events.by(row -> group(column, row)).values().stream()
        .map(
            some -> new Row(shown(column, some.rows().getFirst()), text(some.count()), plain(some)))
        .toList();
  }

  /** Models of the same name of two providers are two groups. */
  private static String group(String column, Map<String, String> row) {
    return column.equals("model") ? row.get("provider") + " " + row.get("model") : row.get(column);
  }

  /** As it was reported, without what keeps a spreadsheet from taking it for a formula. */
  private static String shown(String column, Map<String, String> row) {
    String name = row.get(column);
    if (column.equals("model")) {
      return model(row);
    }
    return name.isEmpty() ? "(none)" : name.startsWith("'=") ? name.substring(1) : name;
  }

  private static String model(Map<String, String> row) {
    if (!row.get("model").isEmpty()) {
      return row.get("model");
    }
    String provider = row.get("provider");
    return provider.isEmpty() ? "(no model)" : "(no model of " + provider(provider) + ")";
  }

  /** As a table says it: never $0 for what is not known, nor for what costs nothing. */
  private static String plain(ExportedEvents events) {
    if (events.known().signum() != 0) {
      return events.known().stripTrailingZeros().toPlainString();
    }
    return events.unpriced() > 0 ? "unpriced" : "—";
  }

  private static void assertSums(Dashboard dashboard, ExportedEvents events) {
    assertThat(usd(dashboard.figure("Cost").locator(".cost"))).isEqualByComparingTo(events.known());
    assertThat(dashboard.figure("Tokens"))
        .hasText(text(events.tokens("input_tokens") + events.tokens("output_tokens")));
    assertThat(dashboard.figure("Calls")).hasText(text(events.count()));
  }

  private static Map<String, BigDecimal> amounts(Map<String, String> row) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    row.forEach(
        (name, value) -> {
          if (!name.equals("start")) {
            amounts.put(name, new BigDecimal(value).stripTrailingZeros());
          }
        });
    return amounts;
  }

  /** Of the groups that have a column each, of all others together, and of the whole. */
  private static Map<String, BigDecimal> expected(
      ExportedEvents ofDay, String metric, String group, Iterable<String> columns) {
    Map<String, ExportedEvents> groups = ofDay.by(row -> columnOf(group, row));
    Map<String, BigDecimal> expected = new TreeMap<>();
    for (String column : columns) {
      expected.put(column, BigDecimal.ZERO);
    }
    groups.forEach(
        (name, some) ->
            expected.merge(
                expected.containsKey(name) ? name : "Other",
                amount(some, metric),
                BigDecimal::add));
    if (expected.containsKey("total")) {
      expected.put("total", amount(ofDay, metric));
    }
    if (metric.equals("cost")) {
      expected.put("unpriced_events", BigDecimal.valueOf(ofDay.unpriced()));
    }
    expected.replaceAll((name, amount) -> amount.stripTrailingZeros());
    return expected;
  }

  private static BigDecimal amount(ExportedEvents events, String metric) {
    return switch (metric) {
      case "cost" -> events.priced();
      case "events" -> BigDecimal.valueOf(events.count());
      case "tokens" -> events.sum("input_tokens").add(events.sum("output_tokens"));
      case "cached_tokens" ->
          events
              .sum("tokens.cache_read")
              .add(events.sum("tokens.cache_read_audio"))
              .add(events.sum("tokens.cache_read_image"))
              .add(events.sum("tokens.cache_read_video"));
      default -> events.sum(metric);
    };
  }

  private static String columnOf(String group, Map<String, String> row) {
    return switch (group) {
      case "none" -> "Cached tokens";
      case "model" ->
          row.get("provider").isEmpty()
              ? model(row)
              : provider(row.get("provider")) + " " + model(row);
      case "provider" ->
          row.get("provider").isEmpty() ? "(no provider)" : provider(row.get("provider"));
      default -> row.get(group + "_id").isEmpty() ? "(none)" : row.get(group + "_id");
    };
  }

  private static String nameOf(String group, String shown) {
    return switch (group) {
      case "model" -> shown.startsWith("(no model") ? "" : shown;
      case "provider" ->
          switch (shown) {
            case "Anthropic" -> "ANTHROPIC";
            case "OpenAI" -> "OPENAI";
            case "Google" -> "GOOGLE";
            default -> "";
          };
      default -> shown;
    };
  }

  private static String provider(String name) {
    return switch (name) {
      case "ANTHROPIC" -> "Anthropic";
      case "OPENAI" -> "OpenAI";
      default -> "Google";
    };
  }

  private static String day(Map<String, String> row) {
    return LocalDate.ofInstant(Instant.parse(row.get("timestamp")), ZoneOffset.UTC).toString();
  }

  private static String text(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private interface Take {
    void event(List<String> fields);
  }

  private static void listed(Take take) throws Exception {
    String cursor = "";
    do {
      URI uri =
          URI.create(
              test.system().dashboard()
                  + "/v1/events?limit=200&from=2020-01-01T00:00:00Z"
                  + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      JsonNode page =
          TestSystem.JSON.readTree(
              test.send(
                      HttpRequest.newBuilder(uri)
                          .header("Authorization", "Bearer " + test.system().apiKey())
                          .build())
                  .body());
      assertThat(page.has("data")).as(page.toString()).isTrue();
      for (JsonNode event : page.path("data")) {
        take.event(
            List.of(
                event.path("event_id").asText(),
                event.path("timestamp").asText(),
                event.path("customer_id").asText(),
                event.path("input_tokens").asText(),
                event.path("output_tokens").asText(),
                event.path("cost_usd").asText("")));
      }
      cursor = page.path("next_cursor").asText("");
    } while (!cursor.isEmpty());
  }
}
