package io.openmonetize.query.routes;

import io.openmonetize.query.access.CrossSite;
import io.openmonetize.query.access.SessionCookie;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.OperatorTable.Operator;
import java.util.Map;
import java.util.Optional;

/** {@code DELETE /v1/session}: ends the session, and says the same where there is none any more. */
public final class SignOut implements Handler {
  private final Sessions sessions;
  private final AuditTrail audit;

  public SignOut(Sessions sessions, AuditTrail audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  @Override
  public Answer handle(Request request) {
    CrossSite.refuseForgery(request);
    SessionCookie.token(request)
        .ifPresent(
            token -> {
              Optional<Operator> operator = sessions.find(token);
              sessions.end(token);
              operator.ifPresent(
                  who ->
                      audit.note(
                          request, who, AuditEntry.Action.SESSION_ENDED, who.name(), Map.of()));
            });
    return Answer.empty(204).withCookie(SessionCookie.clear(request));
  }
}
