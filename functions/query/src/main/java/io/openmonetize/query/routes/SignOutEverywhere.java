package io.openmonetize.query.routes;

import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.access.SessionCookie;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.OperatorTable.Operator;
import java.util.Map;

/** {@code POST /v1/session/sign-out-everywhere}: ends all sessions of the operator. */
public final class SignOutEverywhere implements OperatorHandler {
  private final Sessions sessions;
  private final AuditTrail audit;

  public SignOutEverywhere(Sessions sessions, AuditTrail audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    sessions.endAll(operator);
    audit.note(request, operator, AuditEntry.Action.SESSIONS_ENDED, operator.name(), Map.of());
    return Answer.empty(204).withCookie(SessionCookie.clear(request));
  }
}
