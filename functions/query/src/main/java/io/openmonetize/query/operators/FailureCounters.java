package io.openmonetize.query.operators;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Counts per subject and window of time, in the control table, so that they hold over all instances
 * of the function. Windows begin at multiples of their length; over the edge of two, up to twice
 * the limit fits into one length.
 */
final class FailureCounters {
  private static final String COUNTER = "FAILURES";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Duration window;

  FailureCounters(DynamoDbClient dynamoDb, String controlTable, Duration window) {
    this.dynamoDb = dynamoDb;
    this.table = controlTable;
    this.window = window;
  }

  /**
   * Counts one more unless the limit is reached, in one step: any number of attempts at the same
   * moment get no further than the limit.
   */
  boolean tryAdd(String subject, int limit, Instant now) {
    long end = windowEnd(now).getEpochSecond();
    try {
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(subject, now))
                  .updateExpression("ADD failures :one SET #ttl = :ttl")
                  .conditionExpression("attribute_not_exists(failures) OR failures < :limit")
                  .expressionAttributeNames(Map.of("#ttl", "ttl"))
                  .expressionAttributeValues(
                      Map.of(":one", number(1), ":limit", number(limit), ":ttl", number(end))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** Takes back what was added at that time. */
  void takeBack(String subject, Instant addedAt) {
    dynamoDb.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(subject, addedAt))
                .updateExpression("ADD failures :minusOne")
                .expressionAttributeValues(Map.of(":minusOne", number(-1))));
  }

  Instant windowEnd(Instant now) {
    return Instant.ofEpochMilli((index(now) + 1) * window.toMillis());
  }

  private long index(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), window.toMillis());
  }

  private Map<String, AttributeValue> key(String subject, Instant at) {
    return Map.of(
        "pk", AttributeValue.fromS("THROTTLE#" + subject + "#" + index(at)),
        "sk", AttributeValue.fromS(COUNTER));
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
