package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds a call's event by what its intent knows: customer, start and request id. The event may lie
 * under the answer's id, which the intent cannot know; but the customer's feed lists it at the
 * call's start. The feed is an index, and lags behind the table by a moment. Half a read unit.
 */
public final class SettledCalls {
  private final DynamoDbClient dynamoDb;
  private final String table;

  public SettledCalls(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  /** Whether the feed lists an event of this call, settled or unaccounted. */
  public boolean lists(String customerId, Instant startedAt, String requestId) {
    Map<String, AttributeValue> values =
        Map.of(
            ":pk", text(FeedKey.customerPartition(customerId, FeedKey.day(startedAt))),
            ":time", text(FeedKey.time(startedAt) + "#"));
    return dynamoDb
        .queryPaginator(
            q ->
                q.tableName(table)
                    .indexName(Tables.CUSTOMER_FEED)
                    .keyConditionExpression("cfpk = :pk AND begins_with(cfsk, :time)")
                    .expressionAttributeValues(values))
        .items()
        .stream()
        .anyMatch(item -> EventItem.read(item).event().eventId().equals(requestId));
  }
}
