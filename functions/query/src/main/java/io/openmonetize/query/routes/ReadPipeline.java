package io.openmonetize.query.routes;

import io.openmonetize.events.CallStatus;
import io.openmonetize.logging.Log;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.queue.PipelineState;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code GET /v1/pipeline}: what is on its way to the ledger, and what came to grief. */
public final class ReadPipeline implements OperatorHandler {
  private static final Duration LENGTH = Duration.ofDays(30);

  private final UsageQueues queues;
  private final GroupedUsage usage;
  private final Clock clock;
  private final Log log;

  public ReadPipeline(UsageQueues queues, GroupedUsage usage, Clock clock, Log log) {
    this.queues = queues;
    this.usage = usage;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    QueryParameters.read(request, Set.of());
    Instant now = clock.instant();
    TimeRange range = new TimeRange(now.minus(LENGTH), now).wholeHours();
    Rollup sum = usage.whole(RollupFilter.ALL, List.of(range.from(), range.to())).getFirst();
    PipelineState state = state(request);
    long unaccounted = sum.byCallStatus().getOrDefault(CallStatus.UNACCOUNTED, 0L);
    return Answer.json(
        200,
        Json.data(
            Json.object()
                .put("queue", state == null ? "unavailable" : "ok")
                .put("waiting", state == null ? null : state.waiting())
                .put("in_hand", state == null ? null : state.inHand())
                .put("watched", state == null ? null : state.watched())
                .put("dead_letters", state == null ? null : state.deadLetters())
                .put("unaccounted_events", unaccounted)
                .put("quarantined_events", sum.quarantined())
                .put("unpriced_events", sum.unpriced())
                .put("settled_events", sum.events() - unaccounted)
                .put("updated_at", SumJson.text(sum.updatedAt()))));
  }

  /** Null when the queue cannot be asked: what the ledger says is worth showing all the same. */
  private @Nullable PipelineState state(Request request) {
    try {
      return queues.state().orElse(null);
    } catch (SdkException e) {
      log.warn("queue_unavailable", "request_id", request.requestId(), "cause", e);
      return null;
    }
  }
}
