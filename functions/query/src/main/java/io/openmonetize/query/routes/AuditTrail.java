package io.openmonetize.query.routes;

import io.openmonetize.query.http.Request;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.AuditLog;
import io.openmonetize.storage.OperatorTable.Operator;
import java.time.Clock;
import java.util.Map;

/**
 * Notes what operators do. An entry is written before the thing is done, so that nothing is done
 * that is not noted: when the entry cannot be written the store's exception ends the call. So an
 * entry says what was asked for by one who was allowed to; where the thing itself then failed, the
 * caller was told. A sign-out is noted after it, since no fault of the log may keep a session open.
 */
public final class AuditTrail {
  private static final int SUBJECT_CHARACTERS_AT_MOST = 256;

  private final AuditLog log;
  private final Clock clock;

  public AuditTrail(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  void note(
      Request request,
      Operator operator,
      AuditEntry.Action action,
      String subject,
      Map<String, String> details) {
    note(request, operator.name(), action, subject, details);
  }

  /** Of a failed attempt to sign in no name is kept: it may be a password. */
  void noteStranger(Request request, AuditEntry.Action action) {
    note(request, "", action, "", Map.of());
  }

  private void note(
      Request request,
      String actor,
      AuditEntry.Action action,
      String subject,
      Map<String, String> details) {
    String shown = subject.substring(0, Math.min(subject.length(), SUBJECT_CHARACTERS_AT_MOST));
    String address = request.sourceAddress().isEmpty() ? null : request.sourceAddress();
    log.add(new AuditEntry(clock.instant(), actor, action, shown, details, address));
  }
}
