package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/usage/breakdown}: sums by group, the greatest first. */
public final class BreakDownUsage implements ReaderHandler {
  private static final Set<String> PARAMETERS =
      UsageFilter.with("from", "to", "group_by", "sort", "limit", "cursor", "compare");
  private static final Metric[] SORTS = {Metric.COST, Metric.EVENTS, Metric.TOKENS};
  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 1_000;

  private final GroupedUsage usage;
  private final Clock clock;

  public BreakDownUsage(GroupedUsage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  /**
   * @param previous null where it is not asked for
   */
  private record Row(Grouping.Key key, Rollup sum, @Nullable Rollup previous) {}

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    RollupFilter filter = UsageFilter.read(parameters, caller);
    Grouping by = parameters.oneOf("group_by", Grouping.values(), Grouping::wireName);
    if (by == null) {
      throw Refusal.invalid("group_by", "is missing");
    }
    Metric sort =
        Objects.requireNonNullElse(parameters.oneOf("sort", SORTS, Metric::wireName), Metric.COST);
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    // How many rows were shown; they are put together anew for each page.
    int shown = parameters.wholeNumber("cursor", 0, 0, Integer.MAX_VALUE);
    TimeRange asked = TimeRange.read(parameters, clock.instant(), SummarizeUsage.LENGTH_BY_DEFAULT);
    TimeRange range =
        GroupedUsage.needsWholeDays(by, filter) ? asked.wholeDays() : asked.wholeHours();
    List<Row> rows = rows(by, filter, range, SummarizeUsage.compare(parameters), sort);
    Rollup total = rows.stream().map(Row::sum).reduce(Rollup.NONE, Rollup::plus);
    ObjectNode json =
        Json.object().put("from", range.from().toString()).put("to", range.to().toString());
    ArrayNode list = json.putArray("rows");
    rows.stream().skip(shown).limit(limit).forEach(row -> list.add(json(row)));
    boolean more = rows.size() > (long) shown + limit;
    json.set("total", SumJson.of(total));
    json.put("groups", rows.size());
    json.put("more", more).put("next_cursor", more ? Integer.toString(shown + limit) : null);
    return Answer.json(200, Json.data(json));
  }

  private List<Row> rows(
      Grouping by, RollupFilter filter, TimeRange range, boolean compare, Metric sort) {
    List<Instant> edges =
        compare
            ? List.of(range.previous().from(), range.from(), range.to())
            : List.of(range.from(), range.to());
    List<Row> rows = new ArrayList<>();
    usage
        .read(by, filter, edges)
        .forEach(
            (key, sums) -> {
              if (sums.getLast().events() != 0) {
                rows.add(new Row(key, sums.getLast(), compare ? sums.getFirst() : null));
              }
            });
    rows.sort(
        Comparator.comparing((Row row) -> sort.of(row.sum))
            .reversed()
            .thenComparing(row -> row.key.order()));
    return rows;
  }

  private static ObjectNode json(Row row) {
    ObjectNode json = Json.object();
    json.set("key", row.key.json());
    json.set("sum", SumJson.of(row.sum));
    json.set("previous", row.previous == null ? null : SumJson.of(row.previous));
    return json;
  }
}
