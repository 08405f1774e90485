package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.CustomerDays;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * {@code GET /v1/customers}. The sums of all are read, by week where that does, and then of those
 * that are shown what each day cost.
 */
public final class ListCustomers implements ReaderHandler {
  private static final Set<String> PARAMETERS = Set.of("from", "to", "prefix", "sort", "limit");
  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 1_000;

  private final GroupedUsage usage;
  private final CustomerDays days;
  private final Clock clock;

  public ListCustomers(GroupedUsage usage, CustomerDays days, Clock clock) {
    this.usage = usage;
    this.days = days;
    this.clock = clock;
  }

  private record Row(String customerId, Rollup sum) {}

  private enum Sort {
    COST("cost", Comparator.comparing((Row row) -> Metric.COST.of(row.sum)).reversed()),
    EVENTS("events", Comparator.comparing((Row row) -> row.sum.events()).reversed()),
    RECENT("recent", Comparator.comparing(Sort::lastSeen).reversed());

    private final String wireName;
    private final Comparator<Row> order;

    Sort(String wireName, Comparator<Row> order) {
      this.wireName = wireName;
      this.order = order.thenComparing(Row::customerId);
    }

    String wireName() {
      return wireName;
    }

    private static Instant lastSeen(Row row) {
      return Objects.requireNonNullElse(row.sum.updatedAt(), Instant.EPOCH);
    }
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    String prefix = Objects.requireNonNullElse(parameters.text("prefix"), "");
    Sort sort =
        Objects.requireNonNullElse(
            parameters.oneOf("sort", Sort.values(), Sort::wireName), Sort.COST);
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    TimeRange range =
        TimeRange.read(parameters, clock.instant(), SummarizeUsage.LENGTH_BY_DEFAULT).wholeDays();
    RollupFilter filter = new RollupFilter(caller.confine(null), null, null, null, null);
    List<Row> rows = new ArrayList<>();
    usage
        .read(Grouping.CUSTOMER, filter, List.of(range.from(), range.to()))
        .forEach(
            (key, sums) -> {
              String customerId = Objects.requireNonNull(key.value());
              if (customerId.startsWith(prefix)) {
                rows.add(new Row(customerId, sums.getFirst()));
              }
            });
    rows.sort(sort.order);
    List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
    Map<String, List<BigDecimal>> costs =
        GroupedUsage.bounded(
            () ->
                days.costs(
                    shown.stream().limit(sparks(range)).map(Row::customerId).toList(),
                    range.from(),
                    range.to()));
    ObjectNode json =
        Json.object().put("from", range.from().toString()).put("to", range.to().toString());
    ArrayNode starts = json.putArray("days");
    for (Instant day = range.from(); day.isBefore(range.to()); day = day.plus(Duration.ofDays(1))) {
      starts.add(day.toString());
    }
    ArrayNode list = json.putArray("rows");
    shown.forEach(row -> list.add(json(row, costs.getOrDefault(row.customerId, List.of()))));
    json.put("more", rows.size() > limit);
    return Answer.json(200, Json.data(json));
  }

  /** For how many rows there may be a cost of each day: the first ones of a long list. */
  private static long sparks(TimeRange range) {
    return CustomerDays.ITEMS_AT_MOST / Duration.between(range.from(), range.to()).toDays();
  }

  private static ObjectNode json(Row row, List<BigDecimal> costs) {
    ObjectNode json = Json.object().put("customer_id", row.customerId);
    json.set("sum", SumJson.of(row.sum));
    ArrayNode spark = json.putArray("spark");
    costs.forEach(cost -> spark.add(cost.stripTrailingZeros().toPlainString()));
    return json.put("last_seen", SumJson.text(row.sum.updatedAt()));
  }
}
