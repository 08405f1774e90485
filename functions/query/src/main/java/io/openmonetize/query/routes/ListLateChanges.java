package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.LateChanges;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** {@code GET /v1/late-changes}: days that were changed after they had closed. */
public final class ListLateChanges implements ReaderHandler {
  private static final Set<String> PARAMETERS = Set.of("customer_id", "from", "to");

  private final LateChanges changes;
  private final Clock clock;

  public ListLateChanges(LateChanges changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    String customerId = caller.confine(parameters.text("customer_id"));
    TimeRange range =
        TimeRange.read(parameters, clock.instant(), SummarizeUsage.LENGTH_BY_DEFAULT).wholeDays();
    ArrayNode list = Json.object().putArray("data");
    changes
        .list(customerId, day(range.from()), day(range.to()))
        .forEach(
            day ->
                list.addObject()
                    .put("day", day.day().toString())
                    .put("changes", day.changes())
                    .put("events", day.events())
                    .put("cost_usd", day.costUsd().toPlainString())
                    .put("last_changed_at", day.lastChangedAt().toString()));
    return Answer.json(200, Json.data(list));
  }

  private static LocalDate day(Instant start) {
    return LocalDate.ofInstant(start, ZoneOffset.UTC);
  }
}
