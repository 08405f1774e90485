package io.openmonetize.storage;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyLookup;
import io.openmonetize.keys.KeyStoreUnavailableException;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * API keys in the control table. Each key is two items that change in one transaction: {@code
 * KEY#<hash>}, which the hot path gets by its hash, and a line of the collection {@code KEYS},
 * which lists them by id.
 */
public final class KeyTable implements KeyLookup {
  private static final String LIST = "KEYS";
  private static final String SINGLE = "KEY";
  private static final String HOLDS = "attribute_exists(pk) AND attribute_not_exists(revoked_at)";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public KeyTable(DynamoDbClient dynamoDb, String controlTable) {
    this.dynamoDb = dynamoDb;
    this.table = controlTable;
  }

  @Override
  public Optional<ApiKey> find(String hash) {
    try {
      // Consistent, since the stated revocation delay counts from the write.
      var answer =
          dynamoDb.getItem(
              get -> get.tableName(table).key(key(partition(hash), SINGLE)).consistentRead(true));
      return answer.hasItem() ? Optional.of(read(answer.item())) : Optional.empty();
    } catch (SdkException e) {
      throw new KeyStoreUnavailableException("the control table did not answer", e);
    }
  }

  /**
   * Stores a new key; the text itself is not kept. False when exactly this key is there already.
   */
  public boolean add(ApiKey key, KeyText text) {
    Map<String, AttributeValue> byHash = write(key, text.hash());
    byHash.putAll(key(partition(text.hash()), SINGLE));
    Map<String, AttributeValue> listed = write(key, text.hash());
    listed.putAll(key(LIST, key.id()));
    try {
      dynamoDb.transactWriteItems(t -> t.transactItems(putNew(byHash), putNew(listed)));
      return true;
    } catch (TransactionCanceledException e) {
      if (conditionFailed(e)) {
        return false;
      }
      throw e;
    }
  }

  /** All keys, revoked ones too, in order of creation. */
  public List<ApiKey> list() {
    List<ApiKey> keys = new ArrayList<>();
    dynamoDb
        .queryPaginator(
            query ->
                query
                    .tableName(table)
                    .keyConditionExpression("pk = :list")
                    .expressionAttributeValues(Map.of(":list", text(LIST)))
                    .consistentRead(true))
        .items()
        .forEach(item -> keys.add(read(item)));
    keys.sort(Comparator.comparing(ApiKey::createdAt));
    return keys;
  }

  /**
   * Revokes a key; one that is revoked already stays as it is.
   *
   * @return the key as it now is, or empty when there is none of this id
   */
  public Optional<ApiKey> revoke(String id, Instant now) {
    var answer =
        dynamoDb.getItem(get -> get.tableName(table).key(key(LIST, id)).consistentRead(true));
    if (!answer.hasItem()) {
      return Optional.empty();
    }
    String hash = answer.item().get("hash").s();
    try {
      dynamoDb.transactWriteItems(
          t -> t.transactItems(revoke(partition(hash), SINGLE, now), revoke(LIST, id, now)));
    } catch (TransactionCanceledException e) {
      if (!conditionFailed(e)) {
        throw e;
      }
    }
    return find(hash);
  }

  /**
   * Stores a key in the place of another, which from some time on holds no longer, in one step.
   *
   * @param id of the old one
   * @param oldExpiresAt when that ends; one that ends sooner by itself keeps its end
   * @return false when the old one is gone or revoked by now, or was given another end meanwhile
   */
  public boolean replace(String id, Instant oldExpiresAt, ApiKey key, KeyText text) {
    var answer =
        dynamoDb.getItem(get -> get.tableName(table).key(key(LIST, id)).consistentRead(true));
    if (!answer.hasItem()) {
      return false;
    }
    String hash = answer.item().get("hash").s();
    Instant ownEnd = read(answer.item()).expiresAt();
    Instant end = ownEnd != null && ownEnd.isBefore(oldExpiresAt) ? ownEnd : oldExpiresAt;
    Map<String, AttributeValue> byHash = write(key, text.hash());
    byHash.putAll(key(partition(text.hash()), SINGLE));
    Map<String, AttributeValue> listed = write(key, text.hash());
    listed.putAll(key(LIST, key.id()));
    try {
      dynamoDb.transactWriteItems(
          t ->
              t.transactItems(
                  putNew(byHash),
                  putNew(listed),
                  shorten(partition(hash), SINGLE, ownEnd, end),
                  shorten(LIST, id, ownEnd, end)));
      return true;
    } catch (TransactionCanceledException e) {
      if (conditionFailed(e)) {
        return false;
      }
      throw e;
    }
  }

  /** The key of this id. */
  public Optional<ApiKey> get(String id) {
    var answer =
        dynamoDb.getItem(get -> get.tableName(table).key(key(LIST, id)).consistentRead(true));
    return answer.hasItem() ? Optional.of(read(answer.item())) : Optional.empty();
  }

  private TransactWriteItem putNew(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(table).item(item).conditionExpression("attribute_not_exists(pk)"))
        .build();
  }

  private TransactWriteItem revoke(String pk, String sk, Instant now) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(pk, sk))
                    .conditionExpression(HOLDS)
                    .updateExpression("SET revoked_at = :now")
                    .expressionAttributeValues(Map.of(":now", text(now.toString()))))
        .build();
  }

  /** Only of a key that still has the end that was read: else a later one could take its place. */
  private TransactWriteItem shorten(
      String pk, String sk, @Nullable Instant ownEnd, Instant newEnd) {
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":end", text(newEnd.toString())));
    if (ownEnd != null) {
      values.put(":own", text(ownEnd.toString()));
    }
    String unchanged = ownEnd == null ? "attribute_not_exists(expires_at)" : "expires_at = :own";
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(pk, sk))
                    .conditionExpression(HOLDS + " AND " + unchanged)
                    .updateExpression("SET expires_at = :end")
                    .expressionAttributeValues(values))
        .build();
  }

  private static boolean conditionFailed(TransactionCanceledException e) {
    return e.cancellationReasons().stream()
        .map(CancellationReason::code)
        .anyMatch("ConditionalCheckFailed"::equals);
  }

  private static Map<String, AttributeValue> write(ApiKey key, String hash) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("id", text(key.id()));
    item.put("hash", text(hash));
    item.put("name", text(key.name()));
    item.put("prefix", text(key.prefix()));
    item.put("environment", text(key.environment()));
    item.put(
        "scopes",
        AttributeValue.fromSs(key.scopes().stream().map(Scope::wireName).sorted().toList()));
    item.put("created_at", text(key.createdAt().toString()));
    item.put("created_by", text(key.createdBy()));
    if (key.customerId() != null) {
      item.put("customer_id", text(key.customerId()));
    }
    if (key.expiresAt() != null) {
      item.put("expires_at", text(key.expiresAt().toString()));
    }
    if (key.revokedAt() != null) {
      item.put("revoked_at", text(key.revokedAt().toString()));
    }
    return item;
  }

  private static ApiKey read(Map<String, AttributeValue> item) {
    Set<Scope> scopes =
        item.get("scopes").ss().stream()
            .flatMap(name -> Scope.ofWireName(name).stream())
            .collect(Collectors.toSet());
    return new ApiKey(
        item.get("id").s(),
        item.get("name").s(),
        item.get("prefix").s(),
        item.get("environment").s(),
        scopes,
        textOrNull(item, "customer_id"),
        Instant.parse(item.get("created_at").s()),
        item.get("created_by").s(),
        instantOrNull(item, "expires_at"),
        instantOrNull(item, "revoked_at"));
  }

  private static String partition(String hash) {
    return "KEY#" + hash;
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", text(pk), "sk", text(sk));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static @Nullable String textOrNull(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  private static @Nullable Instant instantOrNull(Map<String, AttributeValue> item, String name) {
    String text = textOrNull(item, name);
    return text == null ? null : Instant.parse(text);
  }
}
