package io.openmonetize.worker;

import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupItem;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.SumLayout;
import io.openmonetize.storage.UsageLayout;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Books as the version did that had no name for its layout of sums. */
final class OldLedger {
  private OldLedger() {}

  static void book(DynamoDbClient client, String table, int shard, StoredEvent... events) {
    for (StoredEvent stored : events) {
      Map<String, AttributeValue> item = EventItem.write(stored, UsageLayout.DEFAULT, shard);
      item.remove("ly");
      client.putItem(p -> p.tableName(table).item(item));
      for (RollupKey key : RollupFold.keys(stored.event(), shard, SumLayout.FIRST)) {
        var add = RollupItem.add(table, key, RollupFold.delta(stored, SumLayout.FIRST));
        client.updateItem(
            u ->
                u.tableName(table)
                    .key(add.key())
                    .updateExpression(add.updateExpression())
                    .expressionAttributeNames(add.expressionAttributeNames())
                    .expressionAttributeValues(add.expressionAttributeValues()));
      }
    }
  }
}
