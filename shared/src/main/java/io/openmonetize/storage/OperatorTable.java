package io.openmonetize.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Operators in the control table: one item each, one for each network address from which an
 * operator has signed in, and a line of the collection {@code OPERATORS}.
 */
public final class OperatorTable {
  private static final String SELF = "OPERATOR";
  private static final String LIST = "OPERATORS";
  private static final String AS_SEEN = "credential_id = :seen";
  private static final Set<String> BEHIND = Set.of("ConditionalCheckFailed", "TransactionConflict");

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** What an operator may do. */
  public enum Role {
    OWNER("owner");

    private final String wireName;

    Role(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    private static Role ofWireName(String name) {
      for (Role role : values()) {
        if (role.wireName.equals(name)) {
          return role;
        }
      }
      throw new IllegalStateException("an operator's role is not a known word");
    }
  }

  /**
   * @param passwordHash with its parameters, in PHC string form
   * @param credentialId new with each password; a session of another one is over
   */
  public record Operator(
      String name, Role role, String passwordHash, String credentialId, Instant changedAt) {}

  public OperatorTable(DynamoDbClient dynamoDb, String controlTable) {
    this.dynamoDb = dynamoDb;
    this.table = controlTable;
  }

  public Optional<Operator> find(String name) {
    // Consistent: a role or password that was just taken away must not be honoured again.
    var answer =
        dynamoDb.getItem(get -> get.tableName(table).key(key(name, SELF)).consistentRead(true));
    return answer.hasItem() ? Optional.of(read(answer.item())) : Optional.empty();
  }

  /**
   * @return false, and nothing is changed, when there is an operator of that name
   */
  public boolean add(Operator operator) {
    return write(
        w ->
            w.put(
                put ->
                    put.tableName(table)
                        .item(item(operator))
                        .conditionExpression("attribute_not_exists(pk)")),
        w -> w.update(listing(operator)));
  }

  /**
   * @param seen how the operator was found
   * @param other of the same name
   * @return false, and nothing is changed, when the operator is not as seen any more
   */
  public boolean replace(Operator seen, Operator other) {
    return write(
        w ->
            w.put(
                put ->
                    put.tableName(table)
                        .item(item(other))
                        .conditionExpression(AS_SEEN)
                        .expressionAttributeValues(Map.of(":seen", text(seen.credentialId())))),
        w -> w.update(listing(other)));
  }

  /**
   * Network addresses from which the operator signed in stay until they expire.
   *
   * @param seen how the operator was found
   * @return false, and nothing is changed, when the operator is not as seen any more
   */
  public boolean remove(Operator seen) {
    return write(
        w ->
            w.delete(
                delete ->
                    delete
                        .tableName(table)
                        .key(key(seen.name(), SELF))
                        .conditionExpression(AS_SEEN)
                        .expressionAttributeValues(Map.of(":seen", text(seen.credentialId())))),
        w -> w.delete(delete -> delete.tableName(table).key(listKey(seen.name()))));
  }

  /** Both or neither; false when the condition does not hold or somebody else is writing. */
  private boolean write(
      Consumer<TransactWriteItem.Builder> self, Consumer<TransactWriteItem.Builder> listed) {
    try {
      dynamoDb.transactWriteItems(t -> t.transactItems(item(self), item(listed)));
      return true;
    } catch (TransactionCanceledException e) {
      boolean isBehind =
          e.cancellationReasons().stream().map(CancellationReason::code).anyMatch(BEHIND::contains);
      if (isBehind) {
        return false;
      }
      throw e;
    }
  }

  private static TransactWriteItem item(Consumer<TransactWriteItem.Builder> action) {
    return TransactWriteItem.builder().applyMutation(action).build();
  }

  private static Map<String, AttributeValue> item(Operator operator) {
    return Map.of(
        "pk", partition(operator.name()),
        "sk", text(SELF),
        "name", text(operator.name()),
        "role", text(operator.role().wireName()),
        "password_hash", text(operator.passwordHash()),
        "credential_id", text(operator.credentialId()),
        "changed_at", text(operator.changedAt().toString()));
  }

  /**
   * One who may sign in.
   *
   * @param createdAt null for one who has not been noted yet when signing in last
   */
  public record Listed(
      String name, Role role, @Nullable Instant createdAt, @Nullable Instant lastSignInAt) {}

  /** All operators, by name. */
  public List<Listed> list() {
    return dynamoDb
        .queryPaginator(
            q ->
                q.tableName(table)
                    .keyConditionExpression("pk = :list")
                    .expressionAttributeValues(Map.of(":list", text(LIST))))
        .items()
        .stream()
        .map(
            item ->
                new Listed(
                    item.get("sk").s(),
                    Role.ofWireName(item.get("role").s()),
                    instantOrNull(item, "created_at"),
                    instantOrNull(item, "last_sign_in_at")))
        .toList();
  }

  /**
   * Notes when the operator signed in; one who was made before there was a list is listed now. One
   * who was changed or removed meanwhile, or signs in twice at the same moment, is not noted: else
   * a list line would be left of an operator that is gone.
   */
  public void rememberSignIn(Operator operator, Instant at) {
    write(
        // Changes nothing, and holds as long as the operator is as seen. A mere check would need
        // one more permission.
        w ->
            w.update(
                u ->
                    u.tableName(table)
                        .key(key(operator.name(), SELF))
                        .conditionExpression(AS_SEEN)
                        .updateExpression("SET credential_id = :seen")
                        .expressionAttributeValues(Map.of(":seen", text(operator.credentialId())))),
        w -> w.update(listing(operator, "last_sign_in_at = :at", at)));
  }

  /**
   * Gives the operator another credential id, with the same password: every session is over.
   *
   * @return false when there is no such operator
   */
  public boolean replaceCredential(String name, String credentialId) {
    try {
      dynamoDb.updateItem(
          u ->
              u.tableName(table)
                  .key(key(name, SELF))
                  .conditionExpression("attribute_exists(pk)")
                  .updateExpression("SET credential_id = :id")
                  .expressionAttributeValues(Map.of(":id", text(credentialId))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private Update listing(Operator operator) {
    return listing(operator, "created_at = if_not_exists(created_at, :at)", operator.changedAt());
  }

  private Update listing(Operator operator, String set, Instant at) {
    return Update.builder()
        .tableName(table)
        .key(listKey(operator.name()))
        .updateExpression("SET #role = :role, " + set)
        .expressionAttributeNames(Map.of("#role", "role"))
        .expressionAttributeValues(
            Map.of(":role", text(operator.role().wireName()), ":at", text(at.toString())))
        .build();
  }

  private static Map<String, AttributeValue> listKey(String name) {
    return Map.of("pk", text(LIST), "sk", text(name));
  }

  private static @Nullable Instant instantOrNull(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : Instant.parse(value.s());
  }

  /** Notes that the operator has signed in from there. */
  public void rememberAddress(String name, String addressHash, Instant until) {
    AttributeValue seconds = AttributeValue.fromN(Long.toString(until.getEpochSecond()));
    dynamoDb.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        "pk", partition(name),
                        "sk", text(address(addressHash)),
                        "ttl", seconds)));
  }

  /** Whether the operator has signed in from there and that is still remembered. */
  public boolean knowsAddress(String name, String addressHash, Instant now) {
    var answer = dynamoDb.getItem(get -> get.tableName(table).key(key(name, address(addressHash))));
    // DynamoDB removes what is over only within days.
    return answer.hasItem() && now.getEpochSecond() < Long.parseLong(answer.item().get("ttl").n());
  }

  private static Operator read(Map<String, AttributeValue> item) {
    return new Operator(
        item.get("name").s(),
        Role.ofWireName(item.get("role").s()),
        item.get("password_hash").s(),
        item.get("credential_id").s(),
        Instant.parse(item.get("changed_at").s()));
  }

  private static String address(String hash) {
    return "ADDRESS#" + hash;
  }

  private static Map<String, AttributeValue> key(String name, String sk) {
    return Map.of("pk", partition(name), "sk", text(sk));
  }

  private static AttributeValue partition(String name) {
    return text("OPERATOR#" + name);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }
}
