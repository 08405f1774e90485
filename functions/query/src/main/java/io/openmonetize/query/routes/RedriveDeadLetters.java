package io.openmonetize.query.routes;

import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.PathPattern;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.OperatorTable.Operator;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/pipeline/dead-letters/redrive}, and the same for a single letter. */
public final class RedriveDeadLetters {
  public static final PathPattern ONE = new PathPattern("/v1/pipeline/dead-letters/{id}/redrive");

  private final UsageQueues queues;
  private final AuditTrail audit;

  public RedriveDeadLetters(UsageQueues queues, AuditTrail audit) {
    this.queues = queues;
    this.audit = audit;
  }

  public Answer all(Request request, Operator operator) {
    QueryParameters.read(request, Set.of());
    DeadLetters letters = queues.deadLetters();
    audit.note(request, operator, AuditEntry.Action.DEAD_LETTERS_REDRIVEN, "all", Map.of());
    return redriven(letters.redriveSome());
  }

  public Answer one(Request request, Operator operator) {
    QueryParameters.read(request, Set.of());
    String id = ONE.value("id", request.path());
    DeadLetters letters = queues.deadLetters();
    audit.note(request, operator, AuditEntry.Action.DEAD_LETTERS_REDRIVEN, id, Map.of());
    if (!letters.redrive(id)) {
      throw new Refusal(
          ErrorCode.NOT_FOUND,
          "There is no dead letter of this id now; another reader may have it in hand for half a"
              + " minute.");
    }
    return redriven(1);
  }

  private static Answer redriven(int count) {
    return Answer.json(200, Json.data(Json.object().put("redriven", count)));
  }
}
