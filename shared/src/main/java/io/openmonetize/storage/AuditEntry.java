package io.openmonetize.storage;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, or asked for.
 *
 * @param actor the operator's name, or from where somebody acted who need not sign in; empty where
 *     nobody was signed in
 * @param action its word, which a newer version may have written: so any word can be shown
 * @param subject what it was done to, such as a key's id; never a key or a password
 * @param sourceIp the caller's network address; null where there is none
 */
public record AuditEntry(
    Instant at,
    String actor,
    String action,
    String subject,
    Map<String, String> details,
    @Nullable String sourceIp) {
  public AuditEntry {
    details = Map.copyOf(details);
  }

  public AuditEntry(
      Instant at,
      String actor,
      Action action,
      String subject,
      Map<String, String> details,
      @Nullable String sourceIp) {
    this(at, actor, action.wireName(), subject, details, sourceIp);
  }

  /** What is noted. */
  public enum Action {
    KEY_CREATED("api_key.created"),
    KEY_REVOKED("api_key.revoked"),
    KEY_ROTATED("api_key.rotated"),
    SESSION_CREATED("session.created"),
    SESSION_FAILED("session.failed"),
    SESSION_ENDED("session.ended"),
    SESSIONS_ENDED("session.ended_everywhere"),
    DEAD_LETTERS_REDRIVEN("dead_letters.redriven"),
    OPERATOR_CREATED("operator.created"),
    OPERATOR_PASSWORD_CHANGED("operator.password_changed"),
    OPERATOR_REMOVED("operator.removed");

    private final String wireName;

    Action(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
