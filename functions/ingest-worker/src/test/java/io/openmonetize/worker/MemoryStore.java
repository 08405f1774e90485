package io.openmonetize.worker;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

/**
 * DynamoDB as far as the ledger uses it, for a simulation in which time, faults and the moment at
 * which another worker comes in between are all chosen by a seed. That the real server does the
 * same the other tests of the ledger show.
 */
final class MemoryStore implements DynamoDbClient {
  /** What becomes of a transaction. */
  enum Fault {
    NONE,
    THROTTLED,
    CONFLICT,
    ANSWER_LOST,
    CRASH_BEFORE,
    CRASH_AFTER
  }

  /** The worker's process ends. An Error, which nothing but the simulation catches. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record Row(Map<String, AttributeValue> item, Instant listedAt) {}

  private final Map<String, Row> rows = new TreeMap<>();
  private final Supplier<Fault> faults;
  private final Supplier<Instant> indexListsAt;
  private final Supplier<Instant> now;
  private final Runnable others;
  boolean ignoresConditions;

  /**
   * @param indexListsAt when the feed will show what is written now
   * @param others run before each access, as other workers may
   */
  MemoryStore(
      Supplier<Fault> faults,
      Supplier<Instant> indexListsAt,
      Supplier<Instant> now,
      Runnable others) {
    this.faults = faults;
    this.indexListsAt = indexListsAt;
    this.now = now;
    this.others = others;
  }

  List<Map<String, AttributeValue>> items() {
    return rows.values().stream().map(Row::item).toList();
  }

  /** What the feeds list by now, perhaps changed while a caller looks at it. */
  List<Map<String, AttributeValue>> listed() {
    return rows.values().stream()
        .filter(row -> row.item.containsKey("cfpk"))
        .filter(row -> !row.listedAt.isAfter(now.get()))
        .map(Row::item)
        .toList();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    others.run();
    Fault fault = faults.get();
    switch (fault) {
      case CRASH_BEFORE -> throw new Crash();
      case THROTTLED ->
          throw DynamoDbException.builder()
              .statusCode(400)
              .awsErrorDetails(
                  AwsErrorDetails.builder()
                      .errorCode("ProvisionedThroughputExceededException")
                      .build())
              .build();
      case CONFLICT ->
          throw cancelled(
              request.transactItems().stream()
                  .map(i -> CancellationReason.builder().code("TransactionConflict").build())
                  .toList());
      case NONE, ANSWER_LOST, CRASH_AFTER -> {}
    }
    carryOut(request.transactItems());
    if (fault == Fault.CRASH_AFTER) {
      throw new Crash();
    }
    if (fault == Fault.ANSWER_LOST) {
      throw SdkClientException.create("lost");
    }
    return TransactWriteItemsResponse.builder().build();
  }

  /** The feed of one customer at one time, as an index lists it. */
  @Override
  public QueryResponse query(QueryRequest request) {
    others.run();
    String partition = request.expressionAttributeValues().get(":pk").s();
    String time = request.expressionAttributeValues().get(":time").s();
    return QueryResponse.builder()
        .items(
            rows.values().stream()
                .filter(row -> !row.listedAt.isAfter(now.get()))
                .map(Row::item)
                .filter(item -> item.containsKey("cfpk"))
                .filter(item -> item.get("cfpk").s().equals(partition))
                .filter(item -> item.get("cfsk").s().startsWith(time))
                .toList())
        .build();
  }

  @Override
  public QueryIterable queryPaginator(QueryRequest request) {
    return new QueryIterable(this, request);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private void carryOut(List<TransactWriteItem> actions) {
    if (actions.stream().map(MemoryStore::key).distinct().count() < actions.size()) {
      throw DynamoDbException.builder()
          .statusCode(400)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("ValidationException").build())
          .build();
    }
    List<CancellationReason> reasons = new ArrayList<>();
    boolean fails = false;
    for (TransactWriteItem action : actions) {
      Row there = action.put() == null ? null : rows.get(key(action.put().item()));
      boolean holds = action.put() == null || ignoresConditions || holds(action.put(), there);
      fails |= !holds;
      reasons.add(
          CancellationReason.builder()
              .code(holds ? "None" : "ConditionalCheckFailed")
              .item(holds || there == null ? null : there.item)
              .build());
    }
    if (fails) {
      throw cancelled(reasons);
    }
    for (TransactWriteItem action : actions) {
      if (action.put() != null) {
        put(action.put().item());
      } else {
        update(action.update());
      }
    }
  }

  /** An index goes on listing what was listed before, as long as its keys stay. */
  private void put(Map<String, AttributeValue> item) {
    Row there = rows.get(key(item));
    Instant listedAt = indexListsAt.get();
    boolean stays =
        there != null
            && there.item.containsKey("cfsk")
            && there.item.get("cfsk").equals(item.get("cfsk"))
            && there.listedAt.isBefore(listedAt);
    rows.put(key(item), new Row(item, stays ? there.listedAt : listedAt));
  }

  private static boolean holds(Put put, Row there) {
    String conditions = put.conditionExpression();
    return conditions == null
        || Stream.of(conditions.split(" AND ")).allMatch(condition -> holds(put, condition, there));
  }

  private static boolean holds(Put put, String condition, Row there) {
    return switch (condition) {
      case "attribute_not_exists(pk)" -> there == null;
      case "attribute_exists(pk)" -> there != null;
      case "attribute_not_exists(#rv)" -> there != null && !there.item.containsKey("rv");
      case "attribute_not_exists(#ly)" -> there != null && !there.item.containsKey("ly");
      case "#rv = :rv", "#ly = :ly" -> {
        String name = condition.substring(1, 3);
        yield there != null
            && put.expressionAttributeValues().get(":" + name).equals(there.item.get(name));
      }
      default -> throw new AssertionError("an unknown condition: " + condition);
    };
  }

  private void update(Update update) {
    Row there = rows.get(key(update.key()));
    Map<String, AttributeValue> item = new HashMap<>(there == null ? update.key() : there.item);
    update
        .expressionAttributeNames()
        .forEach(
            (name, attribute) -> {
              AttributeValue value =
                  update.expressionAttributeValues().get(":" + name.substring(1));
              if (value.n() == null) {
                item.put(attribute, value);
              } else {
                BigDecimal sum =
                    item.containsKey(attribute)
                        ? new BigDecimal(item.get(attribute).n())
                        : BigDecimal.ZERO;
                item.put(
                    attribute,
                    AttributeValue.fromN(sum.add(new BigDecimal(value.n())).toPlainString()));
              }
            });
    rows.put(key(update.key()), new Row(item, Instant.MIN));
  }

  private static String key(TransactWriteItem action) {
    return key(action.put() == null ? action.update().key() : action.put().item());
  }

  private static String key(Map<String, AttributeValue> item) {
    return item.get("pk").s() + " " + item.get("sk").s();
  }

  private static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
    return TransactionCanceledException.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("TransactionCanceledException").build())
        .cancellationReasons(reasons)
        .build();
  }
}
