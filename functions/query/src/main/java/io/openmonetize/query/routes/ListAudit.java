package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.AuditLog;
import io.openmonetize.storage.InvalidCursorException;
import io.openmonetize.storage.OperatorTable.Operator;
import java.time.Clock;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/audit}: what operators did, newest first. */
public final class ListAudit implements OperatorHandler {
  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 200;

  private final AuditLog log;
  private final Clock clock;

  public ListAudit(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    QueryParameters parameters = QueryParameters.read(request, Set.of("limit", "cursor"));
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    ObjectNode json = Json.object();
    ArrayNode data = json.putArray("data");
    AuditLog.Page page = page(limit, parameters.text("cursor"));
    page.entries().forEach(entry -> data.add(json(entry)));
    return Answer.json(200, json.put("next_cursor", page.nextCursor()));
  }

  private AuditLog.Page page(int limit, @Nullable String cursor) {
    try {
      return log.page(limit, cursor, clock.instant());
    } catch (InvalidCursorException e) {
      throw Refusal.invalid("cursor", "must be the next_cursor of an earlier page");
    }
  }

  private static ObjectNode json(AuditEntry entry) {
    ObjectNode json =
        Json.object()
            .put("at", entry.at().toString())
            .put("actor", entry.actor())
            .put("action", entry.action())
            .put("subject", entry.subject());
    ObjectNode details = json.putObject("details");
    new TreeMap<>(entry.details()).forEach(details::put);
    return json.put("source_ip", entry.sourceIp());
  }
}
