package io.openmonetize.query.routes;

import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.OperatorTable.Operator;

/** {@code GET /v1/session}: who is signed in. */
public final class ShowSession implements OperatorHandler {
  private final SessionJson json;

  public ShowSession(SessionJson json) {
    this.json = json;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    return Answer.json(200, Json.data(json.of(operator)));
  }
}
