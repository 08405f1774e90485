package io.openmonetize.query.operators;

import io.openmonetize.digest.Sha256;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.SessionTable;
import io.openmonetize.storage.SessionTable.Session;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Operators' sessions. A session is a random token that only the browser has; the table has its
 * hash. Who it stands for is read anew with each call, so that a changed password or role counts at
 * once.
 */
public final class Sessions {
  /** How long a session lasts at most, however much it is used. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  private static final int TOKEN_BYTES = 32;

  private final SessionTable sessions;
  private final OperatorTable operators;
  private final Clock clock;
  private final SecureRandom random;

  public Sessions(
      SessionTable sessions, OperatorTable operators, Clock clock, SecureRandom random) {
    this.sessions = sessions;
    this.operators = operators;
    this.clock = clock;
    this.random = random;
  }

  /** Begins a session, which the list of operators tells, and returns its token. */
  public String begin(Operator operator) {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    sessions.put(
        Sha256.hex(token),
        new Session(operator.name(), operator.credentialId(), now, now.plus(LIFETIME)));
    operators.rememberSignIn(operator, now);
    return token;
  }

  /** Whose session it is; empty when there is none, or it is over. */
  public Optional<Operator> find(String token) {
    return sessions
        .find(Sha256.hex(token))
        .filter(session -> clock.instant().isBefore(session.expiresAt()))
        .flatMap(
            session ->
                operators
                    .find(session.operatorName())
                    .filter(found -> found.credentialId().equals(session.credentialId())));
  }

  /** Ends all sessions of the operator, the one that asks for it too; the password stays. */
  public void endAll(Operator operator) {
    operators.replaceCredential(operator.name(), Operators.newCredentialId(random));
  }

  public void end(String token) {
    sessions.remove(Sha256.hex(token));
  }
}
