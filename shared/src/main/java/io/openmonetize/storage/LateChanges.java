package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * What was changed after a UTC day was closed: events that came late, that were told better, or
 * whose cost was corrected. Counted in the transaction that makes the change, so that whoever has
 * read a closed day's sums can tell whether and by how much they are no longer what they were.
 *
 * <p>They are a history, which the events alone do not tell, so {@code verify-ledger} passes them
 * over.
 */
public final class LateChanges {
  /** How long after its end a day stays open: what comes with the next hour is not late. */
  public static final Duration GRACE = Duration.ofHours(1);

  private static final String CHANGES = "ch";
  private static final String EVENTS = "n";
  private static final String COST = "c";
  private static final String AT = "at";

  /**
   * The late changes of one day.
   *
   * @param changes how many events were put in, replaced or taken out, so that a sum changed
   * @param events how many more there are of the day; less than zero when some were taken out
   * @param costUsd by how much the day's cost changed, of the priced events
   */
  public record Day(
      LocalDate day, long changes, long events, BigDecimal costUsd, Instant lastChangedAt) {
    Day plus(Day other) {
      return new Day(
          day,
          Math.addExact(changes, other.changes),
          Math.addExact(events, other.events),
          costUsd.add(other.costUsd).stripTrailingZeros(),
          lastChangedAt.isBefore(other.lastChangedAt) ? other.lastChangedAt : lastChangedAt);
    }
  }

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final UsageLayout layout;

  public LateChanges(DynamoDbClient dynamoDb, String usageTable, UsageLayout layout) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
    this.layout = layout;
  }

  /**
   * The days in the range that were changed late, oldest first. One Query, or one a shard for all
   * customers; reads an item a day and shard at most, however many events were late.
   *
   * @param customerId null for all customers
   * @param from the first day
   * @param to the day after the last
   */
  public List<Day> list(@Nullable String customerId, LocalDate from, LocalDate to) {
    if (!from.isBefore(to)) {
      return List.of();
    }
    int shards = customerId == null ? layout.rollupShards() : 1;
    TreeMap<LocalDate, Day> days = new TreeMap<>();
    for (int shard = 0; shard < shards; shard++) {
      Map<String, AttributeValue> values =
          Map.of(
              ":pk", text(LateChangeKey.partition(customerId, shard)),
              ":first", text(from.toString()),
              ":last", text(to.minusDays(1).toString()));
      dynamoDb
          .queryPaginator(
              q ->
                  q.tableName(table)
                      .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
                      .expressionAttributeValues(values))
          .items()
          .forEach(item -> days.merge(read(item).day(), read(item), Day::plus));
    }
    return new ArrayList<>(days.values());
  }

  static Update add(String table, LateChangeKey key, Day change) {
    return Update.builder()
        .tableName(table)
        .key(Map.of("pk", text(key.partition()), "sk", text(key.sort())))
        .updateExpression("ADD #ch :ch, #n :n, #c :c SET #at = :at")
        .expressionAttributeNames(Map.of("#ch", CHANGES, "#n", EVENTS, "#c", COST, "#at", AT))
        .expressionAttributeValues(
            Map.of(
                ":ch", number(change.changes),
                ":n", number(change.events),
                ":c", number(change.costUsd),
                ":at", text(change.lastChangedAt.toString())))
        .build();
  }

  private static Day read(Map<String, AttributeValue> item) {
    return new Day(
        LocalDate.parse(item.get("sk").s()),
        Long.parseLong(item.get(CHANGES).n()),
        Long.parseLong(item.get(EVENTS).n()),
        new BigDecimal(item.get(COST).n()).stripTrailingZeros(),
        Instant.parse(item.get(AT).s()));
  }
}
