package io.openmonetize.storage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Operators' sessions in the control table, each under the hash of its token. */
public final class SessionTable {
  private static final String SELF = "SESSION";

  private final DynamoDbClient dynamoDb;
  private final String table;

  /**
   * @param credentialId of the password with which it was begun
   * @param expiresAt the end, whatever happens until then
   */
  public record Session(
      String operatorName, String credentialId, Instant createdAt, Instant expiresAt) {}

  public SessionTable(DynamoDbClient dynamoDb, String controlTable) {
    this.dynamoDb = dynamoDb;
    this.table = controlTable;
  }

  public void put(String tokenHash, Session session) {
    long seconds = session.expiresAt().getEpochSecond();
    dynamoDb.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        "pk", partition(tokenHash),
                        "sk", text(SELF),
                        "operator_name", text(session.operatorName()),
                        "credential_id", text(session.credentialId()),
                        "created_at", text(session.createdAt().toString()),
                        "expires_at", text(session.expiresAt().toString()),
                        "ttl", AttributeValue.fromN(Long.toString(seconds)))));
  }

  /** The session, which may be over: DynamoDB removes those only within days. */
  public Optional<Session> find(String tokenHash) {
    // Consistent: a session that was just ended must not be honoured again.
    var answer =
        dynamoDb.getItem(get -> get.tableName(table).key(key(tokenHash)).consistentRead(true));
    if (!answer.hasItem()) {
      return Optional.empty();
    }
    var item = answer.item();
    return Optional.of(
        new Session(
            item.get("operator_name").s(),
            item.get("credential_id").s(),
            Instant.parse(item.get("created_at").s()),
            Instant.parse(item.get("expires_at").s())));
  }

  public void remove(String tokenHash) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(tokenHash)));
  }

  private static Map<String, AttributeValue> key(String tokenHash) {
    return Map.of("pk", partition(tokenHash), "sk", text(SELF));
  }

  private static AttributeValue partition(String tokenHash) {
    return text("SESSION#" + tokenHash);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }
}
