package io.openmonetize.query.operators;

import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Checks operators' passwords. */
public final class Operators {
  public static final int NAME_CHARACTERS_AT_MOST = 100;
  public static final int PASSWORD_CHARACTERS_AT_LEAST = 12;
  public static final int PASSWORD_CHARACTERS_AT_MOST = 256;

  private static final int CREDENTIAL_ID_BYTES = 16;

  private final OperatorTable table;
  private final PasswordHasher hasher;

  public Operators(OperatorTable table, PasswordHasher hasher) {
    this.table = table;
    this.hasher = hasher;
  }

  /** On the control table, with hashes as hard as they are to be. */
  public static Operators create(
      DynamoDbClient dynamoDb, String controlTable, SecureRandom random) {
    return new Operators(
        new OperatorTable(dynamoDb, controlTable),
        new PasswordHasher(PasswordHasher.Cost.DEFAULT, random));
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

  /** What can be a name at all; {@link OperatorName} says what a new one may be. */
  static boolean isName(String text) {
    return isText(text, 1, NAME_CHARACTERS_AT_MOST);
  }

  static void requirePassword(String text) {
    if (!isText(text, PASSWORD_CHARACTERS_AT_LEAST, PASSWORD_CHARACTERS_AT_MOST)) {
      throw new IllegalArgumentException(
          "a password must have %d to %d characters, none of them a control character"
              .formatted(PASSWORD_CHARACTERS_AT_LEAST, PASSWORD_CHARACTERS_AT_MOST));
    }
  }

  private static boolean isText(String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    return length >= least && length <= most && text.chars().noneMatch(Character::isISOControl);
  }
}
