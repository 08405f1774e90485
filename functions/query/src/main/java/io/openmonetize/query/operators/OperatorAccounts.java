package io.openmonetize.query.operators;

import io.openmonetize.query.operators.OperatorChange.Reason;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.AuditLog;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.OperatorTable.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Who may sign in, for those who have the whole deployment in hand and need not sign in themselves.
 * Every change is noted in the audit log before it is made, and is made only of what was seen: of
 * two changes at the same moment one is refused.
 */
public final class OperatorAccounts {
  /** 24 characters. */
  private static final int PASSWORD_BYTES = 18;

  private final OperatorTable table;
  private final PasswordHasher hasher;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random;
  private final String actor;

  /**
   * @param actor what the audit log says for the name of who did it
   */
  public OperatorAccounts(
      OperatorTable table,
      PasswordHasher hasher,
      AuditLog audit,
      Clock clock,
      SecureRandom random,
      String actor) {
    this.table = table;
    this.hasher = hasher;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.actor = actor;
  }

  /** On the control table, with hashes as hard as they are to be. */
  public static OperatorAccounts create(
      DynamoDbClient dynamoDb,
      String controlTable,
      Clock clock,
      SecureRandom random,
      String actor) {
    return new OperatorAccounts(
        new OperatorTable(dynamoDb, controlTable),
        new PasswordHasher(PasswordHasher.Cost.DEFAULT, random),
        new AuditLog(dynamoDb, controlTable, random),
        clock,
        random,
        actor);
  }

  /** In order. */
  public List<String> names() {
    return table.list().stream().map(OperatorTable.Listed::name).toList();
  }

  /**
   * Makes an operator with a random password. A name that differs from another one's in case alone
   * is refused, but where both are added at the same moment.
   */
  public OperatorChange add(String name) {
    if (!OperatorName.isGood(name)) {
      return new OperatorChange.Refused(Reason.INVALID_NAME);
    }
    if (table.find(name).isPresent() || isListedAlike(name)) {
      return new OperatorChange.Refused(Reason.EXISTS);
    }
    String password = newPassword();
    return made(name, password)
        ? new OperatorChange.Password(name, password)
        : new OperatorChange.Refused(Reason.CHANGED);
  }

  /** Gives a new random password; every session begun with the old one is over. */
  public OperatorChange reset(String name) {
    Optional<Operator> there = find(name);
    if (there.isEmpty()) {
      return new OperatorChange.Refused(Reason.UNKNOWN);
    }
    String password = newPassword();
    return changed(there.get(), password)
        ? new OperatorChange.Password(name, password)
        : new OperatorChange.Refused(Reason.CHANGED);
  }

  /** The operator can't sign in any more, and every session is over. */
  public OperatorChange remove(String name) {
    Optional<Operator> there = find(name);
    if (there.isEmpty()) {
      return new OperatorChange.Refused(Reason.UNKNOWN);
    }
    note(AuditEntry.Action.OPERATOR_REMOVED, name);
    return table.remove(there.get())
        ? new OperatorChange.Removed(name)
        : new OperatorChange.Refused(Reason.CHANGED);
  }

  /**
   * Sees to it that there is an operator of this name and password. A new password ends all
   * sessions begun with the old one; the same password changes nothing.
   *
   * @throws IllegalArgumentException when the name of a new operator is none that can be given, or
   *     the password is too short or too long, or has a control character
   * @throws IllegalStateException when somebody else changed the operator at the same moment
   */
  public void ensure(String name, String password) {
    Operators.requirePassword(password);
    Optional<Operator> there = find(name);
    if (there.isEmpty() && !OperatorName.isGood(name)) {
      throw new IllegalArgumentException(Reason.INVALID_NAME.message());
    }
    if (there.isPresent() && hasher.matches(password, there.get().passwordHash())) {
      return;
    }
    if (!(there.isEmpty() ? made(name, password) : changed(there.get(), password))) {
      throw new IllegalStateException(Reason.CHANGED.message());
    }
  }

  private boolean isListedAlike(String name) {
    String folded = OperatorName.folded(name);
    return names().stream().anyMatch(other -> OperatorName.folded(other).equals(folded));
  }

  private Optional<Operator> find(String name) {
    // No key can be made of an empty or an endless name.
    return Operators.isName(name) ? table.find(name) : Optional.empty();
  }

  private boolean made(String name, String password) {
    note(AuditEntry.Action.OPERATOR_CREATED, name);
    return table.add(operator(name, Role.OWNER, password));
  }

  private boolean changed(Operator there, String password) {
    note(AuditEntry.Action.OPERATOR_PASSWORD_CHANGED, there.name());
    return table.replace(there, operator(there.name(), there.role(), password));
  }

  private Operator operator(String name, Role role, String password) {
    return new Operator(
        name, role, hasher.hash(password), Operators.newCredentialId(random), clock.instant());
  }

  private void note(AuditEntry.Action action, String name) {
    audit.add(new AuditEntry(clock.instant(), actor, action, name, Map.of(), null));
  }

  private String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
