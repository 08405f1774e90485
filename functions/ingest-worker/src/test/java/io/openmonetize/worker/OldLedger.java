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

/** Books as an earlier version did. */
final class OldLedger {
  private OldLedger() {}

  static void book(
      DynamoDbClient client, String table, SumLayout layout, int shard, StoredEvent... events) {
    for (StoredEvent stored : events) {
      Map<String, AttributeValue> item = EventItem.write(stored, UsageLayout.DEFAULT, shard);
      if (layout == SumLayout.FIRST) {
        // It had no name for its layout.
        item.remove("ly");
      } else {
        item.put("ly", AttributeValue.fromN(Integer.toString(layout.ordinal())));
      }
      client.putItem(p -> p.tableName(table).item(item));
      for (RollupKey key : RollupFold.keys(stored.event(), shard, layout)) {
        var add = RollupItem.add(table, key, RollupFold.delta(stored, layout));
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
