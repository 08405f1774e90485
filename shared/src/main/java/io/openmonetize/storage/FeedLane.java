package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** One partition of a feed, from a position downwards, read a chunk at a time as it is needed. */
final class FeedLane {
  private final DynamoDbClient dynamoDb;
  private final QueryRequest query;
  private final String sortName;
  private final String above;
  private final Deque<Map<String, AttributeValue>> unread = new ArrayDeque<>();
  private @Nullable Map<String, AttributeValue> next = Map.of();
  private @Nullable QueryResponse first;

  /** One partition of an index. */
  record Partition(Index index, String key) {}

  /** The names of an index and of its key's attributes. */
  record Index(String name, String partition, String sort) {
    static final Index CUSTOMER = new Index(Tables.CUSTOMER_FEED, "cfpk", "cfsk");
    static final Index DAY = new Index(Tables.DAY_FEED, "dfpk", "dfsk");
  }

  /**
   * @param least the smallest sort key of interest
   * @param above only smaller sort keys are of interest
   */
  FeedLane(
      DynamoDbClient dynamoDb,
      String table,
      Partition partition,
      String least,
      String above,
      int chunk) {
    this.dynamoDb = dynamoDb;
    this.sortName = partition.index.sort;
    this.above = above;
    this.query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(partition.index.name)
            .keyConditionExpression(
                partition.index.partition
                    + " = :partition AND "
                    + sortName
                    + " BETWEEN :least AND :above")
            .expressionAttributeValues(
                Map.of(
                    ":partition", text(partition.key),
                    ":least", text(least),
                    ":above", text(above)))
            .scanIndexForward(false)
            .limit(chunk)
            .build();
  }

  /** Reads the first chunk, which may be done beside other lanes; whoever takes counts it. */
  void readFirst() {
    first = dynamoDb.query(query);
  }

  /** The newest item that was not taken yet; null at the end. */
  @Nullable Map<String, AttributeValue> peek(PageInProgress page) {
    while (unread.isEmpty() && next != null) {
      fill(page, next);
    }
    return unread.peek();
  }

  void take() {
    unread.remove();
  }

  String sort(Map<String, AttributeValue> item) {
    return item.get(sortName).s();
  }

  private void fill(PageInProgress page, Map<String, AttributeValue> start) {
    QueryResponse read = first;
    first = null;
    QueryResponse answer =
        read != null
            ? read
            : dynamoDb.query(
                start.isEmpty() ? query : query.toBuilder().exclusiveStartKey(start).build());
    page.countRead(1 + answer.count());
    for (Map<String, AttributeValue> item : answer.items()) {
      // BETWEEN takes its bounds in; the upper one was listed before.
      if (!sort(item).equals(above)) {
        unread.add(item);
      }
    }
    next = answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : null;
  }
}
