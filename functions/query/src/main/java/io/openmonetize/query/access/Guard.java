package io.openmonetize.query.access;

import io.openmonetize.keys.KeyVerdict;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.keys.Scope;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.storage.OperatorTable.Operator;

/**
 * Lets calls through to a route, or not. A key that is presented is what counts, whatever cookie
 * comes with it.
 */
public final class Guard {
  private final Sessions sessions;
  private final KeyVerifier keys;

  public Guard(Sessions sessions, KeyVerifier keys) {
    this.sessions = sessions;
    this.keys = keys;
  }

  /** Only who is signed in. */
  public Handler operator(OperatorHandler handler) {
    return request ->
        switch (caller(request)) {
          case Caller.SignedIn(Operator operator) -> handler.handle(request, operator);
          case Caller.KeyHolder _ ->
              throw new Refusal(
                  ErrorCode.FORBIDDEN,
                  "This needs a signed-in operator; API keys only read usage.");
        };
  }

  /** Who is signed in, or has a key with the scope {@code read}. */
  public Handler reader(ReaderHandler handler) {
    return request -> handler.handle(request, caller(request));
  }

  private Caller caller(Request request) {
    var key = PresentedKey.of(request);
    return key.isPresent() ? keyHolder(key.get()) : signedIn(request);
  }

  private Caller signedIn(Request request) {
    Operator operator =
        SessionCookie.token(request)
            .flatMap(sessions::find)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.UNAUTHORIZED,
                        "Sign in, or send an API key as Authorization: Bearer or X-API-Key."));
    if (!request.isSafe()) {
      CrossSite.refuseForgery(request);
    }
    return new Caller.SignedIn(operator);
  }

  private Caller keyHolder(String presented) {
    return switch (keys.verify(presented, Scope.READ, null)) {
      case KeyVerdict.Valid(var key) -> new Caller.KeyHolder(key);
      case KeyVerdict.ScopeMissing _ ->
          throw new Refusal(ErrorCode.FORBIDDEN, "This API key lacks the scope read.");
      case KeyVerdict.OtherCustomer _ ->
          throw new Refusal(ErrorCode.FORBIDDEN, "This API key is bound to another customer.");
      case KeyVerdict.Unavailable _ ->
          throw new Refusal(
              ErrorCode.UNAVAILABLE, "The API key cannot be checked right now. Try again.");
      case KeyVerdict.Malformed _,
          KeyVerdict.WrongEnvironment _,
          KeyVerdict.Unknown _,
          KeyVerdict.Revoked _,
          KeyVerdict.Expired _ ->
          throw new Refusal(
              ErrorCode.UNAUTHORIZED, "The API key is not valid here, is revoked or has expired.");
    };
  }
}
