package io.openmonetize.query.routes;

import io.openmonetize.logging.Log;
import io.openmonetize.query.access.CrossSite;
import io.openmonetize.query.access.SessionCookie;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.JsonBody;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.operators.Operators;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.query.operators.SignInThrottle;
import io.openmonetize.storage.AuditEntry;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/session}: name and password for a session's cookie. */
public final class SignIn implements Handler {
  private final Operators operators;
  private final Sessions sessions;
  private final SignInThrottle throttle;
  private final SessionJson json;
  private final AuditTrail audit;
  private final Log log;

  public SignIn(
      Operators operators,
      Sessions sessions,
      SignInThrottle throttle,
      SessionJson json,
      AuditTrail audit,
      Log log) {
    this.operators = operators;
    this.sessions = sessions;
    this.throttle = throttle;
    this.json = json;
    this.audit = audit;
    this.log = log;
  }

  @Override
  public Answer handle(Request request) {
    CrossSite.refuseOtherOrigin(request);
    JsonBody body = JsonBody.read(request, Set.of("name", "password"));
    String name = body.text("name", Operators.NAME_CHARACTERS_AT_MOST);
    String password = body.text("password", Operators.PASSWORD_CHARACTERS_AT_MOST);
    var attempt = throttle.begin(name, request.sourceAddress()).orElseThrow(() -> tooMany(request));
    var operator = operators.authenticate(name, password).orElseThrow(() -> wrong(request));
    audit.note(request, operator, AuditEntry.Action.SESSION_CREATED, operator.name(), Map.of());
    attempt.succeeded();
    // A session that the browser still had is over, or it would live on with nobody holding it.
    SessionCookie.token(request).ifPresent(sessions::end);
    String token = sessions.begin(operator);
    log.info("signed_in", "operator", operator.name(), "request_id", request.requestId());
    return Answer.json(200, Json.data(json.of(operator)))
        .withCookie(SessionCookie.set(request, token));
  }

  /**
   * Neither the answer nor the log says which was wrong, nor repeats a name: it may be a password.
   */
  private Refusal wrong(Request request) {
    audit.noteStranger(request, AuditEntry.Action.SESSION_FAILED);
    log.warn("sign_in_refused", "request_id", request.requestId());
    return new Refusal(ErrorCode.UNAUTHORIZED, "The name or the password is wrong.");
  }

  private Refusal tooMany(Request request) {
    log.warn("sign_in_throttled", "request_id", request.requestId());
    return Refusal.tooManyRequests(
        "Too many attempts to sign in. Try again later.", throttle.retryAfter());
  }
}
