package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupDimension;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * {@code GET /v1/analytics/usage}, in the shape that the existing TypeScript package's users know:
 * token counts, credits and dollars as text, event counts as numbers.
 */
public final class AnalyticsUsage implements ReaderHandler {
  private final GroupedUsage usage;
  private final Clock clock;

  public AnalyticsUsage(GroupedUsage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    AnalyticsQuery query = AnalyticsQuery.read(request, caller, clock.instant(), "groupBy");
    List<Instant> edges = query.bucket().edges(query.range(), ZoneOffset.UTC, "groupBy");
    AnalyticsSums sums = AnalyticsSums.read(usage, query, edges);
    ObjectNode json = sums.times();
    Rollup total = sums.total();
    json.putObject("summary")
        .put("totalEvents", total.events())
        .put("totalInputTokens", Long.toString(total.inputTokens()))
        .put("totalOutputTokens", Long.toString(total.outputTokens()))
        .put("totalCreditsBurned", AnalyticsSums.credits(total.costUsd()))
        .put("totalCostUsd", AnalyticsSums.text(total.costUsd()))
        .put("unpricedEvents", total.unpriced());
    boolean whole =
        sums.put(
            json,
            "byFeature",
            RollupDimension.Use::featureId,
            (row, feature) ->
                AnalyticsSums.putCost(row.put("featureId", feature.key()), feature.sum()));
    whole &=
        sums.put(
            json,
            "byProvider",
            AnalyticsSums::model,
            (row, model) ->
                AnalyticsSums.putModel(row, model.key())
                    .put("eventCount", model.sum().events())
                    .put("inputTokens", Long.toString(model.sum().inputTokens()))
                    .put("outputTokens", Long.toString(model.sum().outputTokens()))
                    .put("costUsd", AnalyticsSums.text(model.sum().costUsd()))
                    .put("unpricedEvents", model.sum().unpriced()));
    putTypes(json.putArray("byEventType"), total);
    putTimeline(json.putArray("timeline"), sums);
    return Answer.json(200, Json.data(json.put("truncated", !whole)));
  }

  private static void putTypes(ArrayNode list, Rollup total) {
    total
        .byEventType()
        .forEach(
            (type, sum) ->
                list.addObject()
                    .put("eventType", type.name())
                    .put("eventCount", sum.events())
                    .put("creditsBurned", AnalyticsSums.credits(sum.costUsd()))
                    .put("costUsd", AnalyticsSums.text(sum.costUsd()))
                    .put("unpricedEvents", sum.unpriced()));
  }

  private static void putTimeline(ArrayNode list, AnalyticsSums sums) {
    List<Rollup> timeline = sums.timeline();
    for (int i = 0; i < timeline.size(); i++) {
      Rollup sum = timeline.get(i);
      list.addObject()
          .put("date", sums.edges().get(i).atZone(ZoneOffset.UTC).toLocalDate().toString())
          .put("events", sum.events())
          .put("creditsBurned", AnalyticsSums.credits(sum.costUsd()))
          .put("costUsd", AnalyticsSums.text(sum.costUsd()))
          .put("unpricedEvents", sum.unpriced());
    }
  }
}
