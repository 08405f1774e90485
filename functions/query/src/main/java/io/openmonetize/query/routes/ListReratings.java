package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.ReratingRun;
import io.openmonetize.storage.ReratingRuns;
import java.util.Set;

/** {@code GET /v1/reratings}: runs that priced events anew, newest first. */
public final class ListReratings implements OperatorHandler {
  private static final int LIMIT = 100;

  private final ReratingRuns runs;

  public ListReratings(ReratingRuns runs) {
    this.runs = runs;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    QueryParameters.read(request, Set.of());
    ArrayNode list = Json.object().putArray("data");
    runs.list(LIMIT).forEach(run -> list.add(json(run)));
    return Answer.json(200, Json.data(list));
  }

  private static ObjectNode json(ReratingRun run) {
    return Json.object()
        .put("id", run.id())
        .put("started_at", run.startedAt().toString())
        .put("finished_at", SumJson.text(run.finishedAt()))
        .put("from", run.scope().from().toString())
        .put("to", run.scope().to().toString())
        .put("customer_id", run.scope().customerId())
        .put("only_unpriced", run.scope().onlyUnpriced())
        // One that only looks is not kept.
        .put("dry_run", false)
        .put("price_book", run.priceBook())
        .put("events", run.totals().events())
        .put("corrected", run.totals().corrected())
        .put("before_usd", run.totals().beforeUsd().toPlainString())
        .put("after_usd", run.totals().afterUsd().toPlainString())
        .put("unpriced_before", run.totals().unpricedBefore())
        .put("unpriced_after", run.totals().unpricedAfter());
  }
}
