package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Lists customers by name, reading the first of each week only, however many there are. */
public final class UsageOptions {
  private final DynamoDbClient dynamoDb;
  private final String table;

  public UsageOptions(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  /**
   * The first customers, in the order of their names as keys write them, who had any event in the
   * weeks that the time touches.
   *
   * @param prefix null for all
   * @throws RangeTooLongException when that would take more queries than {@link
   *     RollupReader#QUERIES_AT_MOST}
   */
  public List<String> customers(@Nullable String prefix, Instant from, Instant to, int limit) {
    List<Callable<List<String>>> queries = new ArrayList<>();
    for (Instant week = Grain.WEEK.floor(from);
        week.isBefore(to);
        week = week.plus(Grain.WEEK.length())) {
      for (int shard = 0; shard < RollupKey.CUSTOMER_SHARDS; shard++) {
        QueryRequest query = query(week, shard, prefix, limit);
        queries.add(() -> customers(query));
      }
      if (queries.size() > RollupReader.QUERIES_AT_MOST) {
        throw new RangeTooLongException(queries.size(), "queries");
      }
    }
    TreeSet<String> found = new TreeSet<>();
    InParallel.call(queries).forEach(found::addAll);
    return found.stream().limit(limit).map(UsageOptions::decoded).toList();
  }

  /** As keys write them, so that the order of the keys is theirs. */
  private List<String> customers(QueryRequest query) {
    return dynamoDb.query(query).items().stream()
        // A sum from which the last event was moved elsewhere stays as an item of nothing.
        .filter(item -> !item.get("n").n().equals("0"))
        .map(item -> item.get("sk").s())
        .map(sort -> sort.substring(sort.indexOf('#') + 1))
        .toList();
  }

  private QueryRequest query(Instant week, int shard, @Nullable String prefix, int limit) {
    String partition =
        RollupKey.partition(
            new RollupScope.All(),
            shard,
            Grain.WEEK,
            RollupDimension.Kind.CUSTOMER,
            Grain.WEEK.bucket(week));
    Map<String, AttributeValue> values =
        Map.of(
            ":pk",
            text(partition),
            ":start",
            text(Grain.WEEK.slot(week) + "#" + (prefix == null ? "" : KeyPart.encode(prefix))));
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("pk = :pk AND begins_with(sk, :start)")
        .expressionAttributeValues(values)
        .projectionExpression("sk, n")
        .limit(limit)
        .build();
  }

  private static String decoded(String part) {
    String customerId = KeyPart.decode(part);
    return customerId == null ? "" : customerId;
  }
}
