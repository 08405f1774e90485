package io.openmonetize.query.routes;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.logging.Log;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.JsonBody;
import io.openmonetize.query.http.PathPattern;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.OperatorTable.Operator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /v1/api-keys/{id}/rotate}: a key in the place of another, which holds for a while
 * yet.
 */
public final class RotateApiKey implements OperatorHandler {
  public static final PathPattern PATH = new PathPattern("/v1/api-keys/{id}/rotate");
  private static final int OVERLAP_SECONDS_AT_MOST = 604_800;

  private final KeyTable keys;
  private final Clock clock;
  private final SecureRandom random;
  private final AuditTrail audit;
  private final Log log;

  public RotateApiKey(KeyTable keys, Clock clock, SecureRandom random, AuditTrail audit, Log log) {
    this.keys = keys;
    this.clock = clock;
    this.random = random;
    this.audit = audit;
    this.log = log;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    JsonBody body = JsonBody.read(request, Set.of("overlap_seconds"));
    int overlap = body.wholeNumber("overlap_seconds", 0, OVERLAP_SECONDS_AT_MOST);
    Instant now = clock.instant();
    ApiKey old =
        keys.get(PATH.value("id", request.path()))
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no API key of this id."));
    if (old.revokedAt() != null || old.expiresAt() != null && !now.isBefore(old.expiresAt())) {
      throw Refusal.invalid("id", "is that of a key that is revoked or expired; make a new one");
    }
    KeyText text = KeyText.random(old.environment(), random);
    ApiKey key =
        new ApiKey(
            CreateApiKey.newId(random),
            old.name(),
            text.prefix(),
            old.environment(),
            old.scopes(),
            old.customerId(),
            now,
            operator.name(),
            old.expiresAt(),
            null);
    audit.note(
        request,
        operator,
        AuditEntry.Action.KEY_ROTATED,
        old.id(),
        Map.of("new_id", key.id(), "overlap_seconds", Integer.toString(overlap)));
    if (!keys.replace(old.id(), now.plusSeconds(overlap), key, text)) {
      throw Refusal.invalid(
          "id", "is that of a key that somebody else rotated or revoked at the same moment");
    }
    log.info(
        "api_key_rotated",
        "api_key_id",
        old.id(),
        "new_id",
        key.id(),
        "operator",
        operator.name(),
        "request_id",
        request.requestId());
    return Answer.json(201, Json.data(ApiKeyJson.of(key).put("key", text.reveal())));
  }
}
