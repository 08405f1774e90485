package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import java.util.Set;

/** {@code GET /v1/operators}: who may sign in. */
public final class ListOperators implements OperatorHandler {
  private final OperatorTable operators;

  public ListOperators(OperatorTable operators) {
    this.operators = operators;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    QueryParameters.read(request, Set.of());
    ArrayNode list = Json.object().putArray("data");
    operators
        .list()
        .forEach(
            one ->
                list.addObject()
                    .put("name", one.name())
                    .put("role", one.role().wireName())
                    .put("created_at", SumJson.text(one.createdAt()))
                    .put("last_sign_in_at", SumJson.text(one.lastSignInAt())));
    return Answer.json(200, Json.data(list));
  }
}
