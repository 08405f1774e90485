package io.openmonetize.query.routes;

import io.openmonetize.query.access.CrossSite;
import io.openmonetize.query.access.SessionCookie;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.operators.Sessions;

/** {@code DELETE /v1/session}: ends the session, and says the same where there is none any more. */
public final class SignOut implements Handler {
  private final Sessions sessions;

  public SignOut(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Answer handle(Request request) {
    CrossSite.refuseForgery(request);
    SessionCookie.token(request).ifPresent(sessions::end);
    return Answer.empty(204).withCookie(SessionCookie.clear(request));
  }
}
