package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.AnswerSize;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.queue.DeadLetter;
import io.openmonetize.storage.OperatorTable.Operator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/pipeline/dead-letters}: messages that could not be booked. */
public final class ListDeadLetters implements OperatorHandler {
  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 100;

  private final UsageQueues queues;

  public ListDeadLetters(UsageQueues queues) {
    this.queues = queues;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    QueryParameters parameters = QueryParameters.read(request, Set.of("limit"));
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    ArrayNode list = Json.object().putArray("data");
    long bytes = 0;
    for (DeadLetter letter : queues.deadLetters().list(limit)) {
      ObjectNode json = json(letter);
      bytes += AnswerSize.of(json.toString());
      // Some long ones fill an answer; the queue gives no order, so the others come another time.
      if (!list.isEmpty() && bytes > AnswerSize.BYTES_AT_MOST) {
        break;
      }
      list.add(json);
    }
    return Answer.json(200, Json.data(list));
  }

  private static ObjectNode json(DeadLetter letter) {
    return Json.object()
        .put("id", letter.id())
        .put("sent_at", SumJson.text(letter.sentAt()))
        .put("attempts", letter.attempts())
        .put("cause", letter.cause())
        .put("customer_id", customerId(letter.body()))
        .put("body", letter.body());
  }

  private static @Nullable String customerId(String body) {
    try {
      return QueueMessageJson.read(body).customerId();
    } catch (MalformedEventException e) {
      // Most dead letters are unreadable; that is why they are dead.
      return null;
    }
  }
}
