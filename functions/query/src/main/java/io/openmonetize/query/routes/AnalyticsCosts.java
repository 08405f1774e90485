package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import java.time.Clock;
import java.util.List;

/**
 * {@code GET /v1/analytics/costs}, in the existing TypeScript package's shape. What the operator
 * earns is not known here, so revenue and margin are null and not the cost by another name.
 */
public final class AnalyticsCosts implements ReaderHandler {
  private final GroupedUsage usage;
  private final Clock clock;

  public AnalyticsCosts(GroupedUsage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    AnalyticsQuery query = AnalyticsQuery.read(request, caller, clock.instant());
    AnalyticsSums sums =
        AnalyticsSums.read(usage, query, List.of(query.range().from(), query.range().to()));
    ObjectNode json = sums.times();
    Rollup total = sums.total();
    json.putObject("summary")
        .putNull("totalRevenue")
        .put("totalProviderCost", AnalyticsSums.text(total.costUsd()))
        .putNull("totalMargin")
        .putNull("marginPercent")
        .put("unpricedEvents", total.unpriced());
    boolean whole =
        sums.put(
            json,
            "byProvider",
            AnalyticsSums::model,
            (row, model) ->
                AnalyticsSums.putModel(row, model.key())
                    .put("providerCost", AnalyticsSums.text(model.sum().costUsd()))
                    .putNull("revenue")
                    .putNull("margin")
                    .put("unpricedEvents", model.sum().unpriced()));
    return Answer.json(200, Json.data(json.put("truncated", !whole)));
  }
}
