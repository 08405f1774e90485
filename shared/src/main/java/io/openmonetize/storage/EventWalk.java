package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Goes through all events of a span of time by the feeds, a day at a time, the earliest first. The
 * rollups say which days have any. Safe for use by many threads.
 *
 * <p>The feeds are indexes and lag: an event may be shown as it was a moment ago, and one that was
 * booked a moment ago may be missing.
 */
public final class EventWalk {
  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;
  private final RollupReader rollups;

  public EventWalk(DynamoDbClient dynamoDb, String usageTable, UsageLayout layout) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
    this.rollups = new RollupReader(dynamoDb, usageTable, layout);
  }

  /**
   * @param visitor takes an event and says whether to go on
   * @return whether it came to the end
   */
  public boolean walk(ReratingScope scope, Predicate<LedgerEntry.Event> visitor) {
    RollupFilter filter = new RollupFilter(scope.customerId(), null, null, null, null);
    Instant lastInstant = scope.to().minusNanos(1);
    YearMonth last = YearMonth.from(FeedKey.day(lastInstant));
    YearMonth month = YearMonth.from(FeedKey.day(scope.from()));
    for (; !month.isAfter(last); month = month.plusMonths(1)) {
      for (Instant day : rollups.days(filter, RollupReader.By.USE, month, Rollup::hasEvents)) {
        boolean within =
            day.plus(1, ChronoUnit.DAYS).isAfter(scope.from()) && !day.isAfter(lastInstant);
        if (within && !walk(FeedKey.day(day), scope, visitor)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean walk(LocalDate day, ReratingScope scope, Predicate<LedgerEntry.Event> visitor) {
    for (FeedLane.Partition partition : partitions(day, scope.customerId())) {
      for (Map<String, AttributeValue> item :
          dynamoDb.queryPaginator(query(partition, scope)).items()) {
        if (LedgerEntry.of(item) instanceof LedgerEntry.Event event
            && scope.covers(event.stored())
            && !visitor.test(event)) {
          return false;
        }
      }
    }
    return true;
  }

  private List<FeedLane.Partition> partitions(LocalDate day, @Nullable String customerId) {
    if (customerId != null) {
      return List.of(
          new FeedLane.Partition(
              FeedLane.Index.CUSTOMER, FeedKey.customerPartition(customerId, day)));
    }
    return IntStream.range(0, layout.feedShards())
        .mapToObj(
            shard -> new FeedLane.Partition(FeedLane.Index.DAY, FeedKey.dayPartition(day, shard)))
        .toList();
  }

  private QueryRequest query(FeedLane.Partition partition, ReratingScope scope) {
    FeedLane.Index index = partition.index();
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .indexName(index.name())
            .keyConditionExpression(
                index.partition() + " = :pk AND " + index.sort() + " BETWEEN :from AND :to")
            .expressionAttributeValues(
                Map.of(
                    ":pk", text(partition.key()),
                    ":from", text(FeedKey.time(scope.from())),
                    // Greater than every sort key of the last millisecond.
                    ":to", text(FeedKey.time(scope.to().minusNanos(1)) + "$")));
    if (scope.onlyUnpriced()) {
      query
          .filterExpression("attribute_not_exists(#c)")
          .expressionAttributeNames(Map.of("#c", "c"));
    }
    return query.build();
  }
}
