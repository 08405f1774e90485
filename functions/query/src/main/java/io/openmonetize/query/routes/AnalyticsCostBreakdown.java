package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupDimension;
import java.time.Clock;
import java.util.List;

/**
 * {@code GET /v1/analytics/cost-breakdown}: what the existing TypeScript package's client asks for
 * and never got, its server having no such route. The fields are named as in {@link
 * AnalyticsUsage}.
 */
public final class AnalyticsCostBreakdown implements ReaderHandler {
  private final GroupedUsage usage;
  private final Clock clock;

  public AnalyticsCostBreakdown(GroupedUsage usage, Clock clock) {
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
    json.put("totalCostUsd", AnalyticsSums.text(total.costUsd()))
        .put("totalCreditsBurned", AnalyticsSums.credits(total.costUsd()))
        .put("totalEvents", total.events())
        .put("unpricedEvents", total.unpriced());
    boolean whole =
        sums.put(
            json,
            "byProvider",
            AnalyticsSums::model,
            (row, model) ->
                AnalyticsSums.putCost(AnalyticsSums.putModel(row, model.key()), model.sum()));
    whole &=
        sums.put(
            json,
            "byFeature",
            RollupDimension.Use::featureId,
            (row, feature) ->
                AnalyticsSums.putCost(row.put("featureId", feature.key()), feature.sum()));
    return Answer.json(200, Json.data(json.put("truncated", !whole)));
  }
}
