package io.openmonetize.query.operators;

import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.OperatorTable.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes operators and checks their passwords. */
public final class Operators {
  public static final int NAME_CHARACTERS_AT_MOST = 100;
  public static final int PASSWORD_CHARACTERS_AT_LEAST = 12;
  public static final int PASSWORD_CHARACTERS_AT_MOST = 256;

  private static final int CREDENTIAL_ID_BYTES = 16;

  private final OperatorTable table;
  private final PasswordHasher hasher;
  private final Clock clock;
  private final SecureRandom random;

  public Operators(OperatorTable table, PasswordHasher hasher, Clock clock, SecureRandom random) {
    this.table = table;
    this.hasher = hasher;
    this.clock = clock;
    this.random = random;
  }

  /** On the control table, with hashes as hard as they are to be. */
  public static Operators create(
      DynamoDbClient dynamoDb, String controlTable, Clock clock, SecureRandom random) {
    return new Operators(
        new OperatorTable(dynamoDb, controlTable),
        new PasswordHasher(PasswordHasher.Cost.DEFAULT, random),
        clock,
        random);
  }

  /**
   * Sees to it that there is an operator of this name and password. A new password ends all
   * sessions begun with the old one; the same password changes nothing.
   *
   * @throws IllegalArgumentException when the name or the password is too short or too long, or has
   *     a control character
   */
  public void ensure(String name, String password) {
    require("an operator's name", name, 1, NAME_CHARACTERS_AT_MOST);
    require("a password", password, PASSWORD_CHARACTERS_AT_LEAST, PASSWORD_CHARACTERS_AT_MOST);
    if (authenticate(name, password).isEmpty()) {
      table.put(
          new Operator(
              name, Role.OWNER, hasher.hash(password), newCredentialId(random), clock.instant()));
    }
  }

  /** The operator if the password is right. Takes the same time for a name that does not exist. */
  public Optional<Operator> authenticate(String name, String password) {
    Optional<Operator> operator = table.find(name);
    String hash = operator.map(Operator::passwordHash).orElseGet(hasher::unmatchable);
    return hasher.matches(password, hash) ? operator : Optional.empty();
  }

  static String newCredentialId(SecureRandom random) {
    byte[] id = new byte[CREDENTIAL_ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static void require(String what, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "%s must have %d to %d characters, none of them a control character"
              .formatted(what, least, most));
    }
  }
}
