package io.openmonetize.query.routes;

import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.OperatorTable.Operator;
import java.util.Set;

/** {@code GET /v1/api-keys}: all keys, revoked ones too, newest first. */
public final class ListApiKeys implements OperatorHandler {
  private final KeyTable keys;

  public ListApiKeys(KeyTable keys) {
    this.keys = keys;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    QueryParameters.read(request, Set.of());
    var list = Json.object().putArray("data");
    keys.list().reversed().stream().map(ApiKeyJson::of).forEach(list::add);
    return Answer.json(200, Json.data(list));
  }
}
