package io.openmonetize.query;

import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupItem;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Events and sums in a table, as the worker puts them there. */
public final class BookedEvents {
  private BookedEvents() {}

  public static void book(DynamoDbClient dynamoDb, String table, List<StoredEvent> events) {
    for (StoredEvent event : events) {
      dynamoDb.putItem(
          put -> put.tableName(table).item(EventItem.write(event, UsageLayout.DEFAULT)));
    }
    RollupFold.fold(events, 0)
        .forEach((key, sum) -> apply(dynamoDb, RollupItem.add(table, key, sum)));
  }

  private static void apply(DynamoDbClient dynamoDb, Update update) {
    dynamoDb.updateItem(
        u ->
            u.tableName(update.tableName())
                .key(update.key())
                .updateExpression(update.updateExpression())
                .expressionAttributeNames(update.expressionAttributeNames())
                .expressionAttributeValues(update.expressionAttributeValues()));
  }
}
