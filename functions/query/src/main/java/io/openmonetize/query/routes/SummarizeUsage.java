package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.Provider;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.RollupReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** {@code GET /v1/usage/summary}: everything that matches, summed up, out of the rollups alone. */
public final class SummarizeUsage implements ReaderHandler {
  private static final Set<String> PARAMETERS =
      Set.of("customer_id", "user_id", "feature_id", "provider", "model", "from", "to");

  private static final Duration LENGTH_BY_DEFAULT = Duration.ofDays(30);

  private final RollupReader rollups;
  private final Clock clock;

  public SummarizeUsage(RollupReader rollups, Clock clock) {
    this.rollups = rollups;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    TimeRange range = TimeRange.read(parameters, clock.instant(), LENGTH_BY_DEFAULT).wholeHours();
    RollupFilter filter = filter(parameters, caller);
    return Answer.json(200, Json.data(json(range, sum(filter, range))));
  }

  private Rollup sum(RollupFilter filter, TimeRange range) {
    try {
      return rollups.sum(filter, range.from(), range.to());
    } catch (IllegalArgumentException e) {
      // Whole hours they are; what is left is that the range would take too many queries.
      throw Refusal.invalid("from", "is too long before to for one sum");
    }
  }

  private static RollupFilter filter(QueryParameters parameters, Caller caller) {
    String customerId = caller.confine(parameters.text("customer_id"));
    String userId = parameters.text("user_id");
    if (userId != null && customerId == null) {
      throw Refusal.invalid("user_id", "needs customer_id, since a user belongs to a customer");
    }
    return new RollupFilter(
        customerId,
        userId,
        parameters.text("feature_id"),
        parameters.oneOf("provider", Provider.values(), Provider::name),
        parameters.text("model"));
  }

  private static ObjectNode json(TimeRange range, Rollup sum) {
    ObjectNode json =
        Json.object()
            .put("from", range.from().toString())
            .put("to", range.to().toString())
            .put("events", sum.events())
            .put("input_tokens", sum.inputTokens())
            .put("output_tokens", sum.outputTokens());
    json.set("tokens", SumJson.tokens(sum.tokens()));
    json.set("units", SumJson.units(sum.units()));
    json.put("cost_usd", sum.costUsd().toPlainString())
        .put("unpriced_events", sum.unpriced())
        .put("unpriced_known_usd", sum.unpricedKnownUsd().toPlainString())
        .put("quarantined_events", sum.quarantined());
    ObjectNode statuses = json.putObject("usage_status");
    sum.byUsageStatus().forEach((status, count) -> statuses.put(status.wireName(), count));
    ObjectNode calls = json.putObject("call_status");
    sum.byCallStatus().forEach((status, count) -> calls.put(status.wireName(), count));
    return json.put("updated_at", sum.updatedAt() == null ? null : sum.updatedAt().toString());
  }
}
