package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the ledger said of an event before. Safe for use by many threads. */
public final class EventHistory {
  /** The sort key of what was replaced, before the revision that it had. */
  static final String SORT = "WAS#";

  static final String REPLACED_AT = "ra";

  private final DynamoDbClient dynamoDb;
  private final String table;

  /**
   * @param revision 0 for what was booked first
   * @param replacedAt when the next one took its place
   */
  public record Revision(int revision, StoredEvent stored, Instant replacedAt) {}

  /**
   * @param revision of what counts now
   * @param before what was replaced, the latest first
   */
  public record Entry(StoredEvent stored, int revision, List<Revision> before) {
    public Entry {
      before = List.copyOf(before);
    }
  }

  public EventHistory(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  /** Empty when no event lies under the key, or a mark only. */
  public Optional<Entry> read(EventKey key) {
    LedgerEntry.@Nullable Event current = null;
    List<Revision> before = new ArrayList<>();
    for (Map<String, AttributeValue> item :
        dynamoDb
            .queryPaginator(
                q ->
                    q.tableName(table)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", text(key.partition()))))
            .items()) {
      if (!(LedgerEntry.of(item) instanceof LedgerEntry.Event event)) {
        continue;
      }
      if (item.get("sk").s().startsWith(SORT)) {
        before.add(new Revision(event.revision(), event.stored(), replacedAt(item)));
      } else {
        current = event;
      }
    }
    before.sort(Comparator.comparingInt(Revision::revision).reversed());
    return Optional.ofNullable(current).map(e -> new Entry(e.stored(), e.revision(), before));
  }

  private static Instant replacedAt(Map<String, AttributeValue> item) {
    return Instant.parse(
        Objects.requireNonNull(
            Attributes.textOrNull(item, REPLACED_AT), "a replaced event says not since when"));
  }
}
