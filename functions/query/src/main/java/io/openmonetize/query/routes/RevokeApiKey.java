package io.openmonetize.query.routes;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.logging.Log;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.PathPattern;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.OperatorTable.Operator;
import java.time.Clock;
import java.util.Map;

/**
 * {@code POST /v1/api-keys/{id}/revoke}: ends a key; one that is revoked already stays as it is.
 */
public final class RevokeApiKey implements OperatorHandler {
  public static final PathPattern PATH = new PathPattern("/v1/api-keys/{id}/revoke");

  private final KeyTable keys;
  private final Clock clock;
  private final AuditTrail audit;
  private final Log log;

  public RevokeApiKey(KeyTable keys, Clock clock, AuditTrail audit, Log log) {
    this.keys = keys;
    this.clock = clock;
    this.audit = audit;
    this.log = log;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    String id = PATH.value("id", request.path());
    ApiKey known = keys.get(id).orElseThrow(RevokeApiKey::none);
    audit.note(
        request,
        operator,
        AuditEntry.Action.KEY_REVOKED,
        known.id(),
        Map.of("name", known.name(), "prefix", known.prefix()));
    ApiKey key = keys.revoke(id, clock.instant()).orElseThrow(RevokeApiKey::none);
    log.info(
        "api_key_revoked",
        "api_key_id",
        key.id(),
        "operator",
        operator.name(),
        "request_id",
        request.requestId());
    return Answer.json(200, Json.data(ApiKeyJson.of(key)));
  }

  private static Refusal none() {
    return new Refusal(ErrorCode.NOT_FOUND, "There is no API key of this id.");
  }
}
