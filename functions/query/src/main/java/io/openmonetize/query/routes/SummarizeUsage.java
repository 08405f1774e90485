package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code GET /v1/usage/summary}: sums over a time, in whole hours. */
public final class SummarizeUsage implements ReaderHandler {
  private static final Set<String> PARAMETERS = UsageFilter.with("from", "to", "compare");
  static final Duration LENGTH_BY_DEFAULT = Duration.ofDays(30);

  private final GroupedUsage usage;
  private final Clock clock;

  public SummarizeUsage(GroupedUsage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    TimeRange range = TimeRange.read(parameters, clock.instant(), LENGTH_BY_DEFAULT).wholeHours();
    RollupFilter filter = UsageFilter.read(parameters, caller);
    boolean compare = compare(parameters);
    List<Instant> edges =
        compare
            ? List.of(range.previous().from(), range.from(), range.to())
            : List.of(range.from(), range.to());
    List<Rollup> sums = usage.whole(filter, edges);
    ObjectNode json =
        SumJson.put(
            Json.object().put("from", range.from().toString()).put("to", range.to().toString()),
            sums.getLast());
    json.set("previous", compare ? SumJson.of(sums.getFirst()) : null);
    return Answer.json(200, Json.data(json));
  }

  /** Whether the equal time just before is asked for as well. */
  static boolean compare(QueryParameters parameters) {
    return parameters.oneOf("compare", new String[] {"previous"}, word -> word) != null;
  }
}
