package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.text;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whether all events are counted where events are counted now: one item of the usage table. */
public final class MoveState {
  private static final Map<String, AttributeValue> KEY =
      Map.of("pk", text("SUM_LAYOUT"), "sk", text("STATE"));

  private final DynamoDbClient dynamoDb;
  private final String table;

  public MoveState(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  public boolean isDone() {
    AttributeValue layout =
        dynamoDb
            .getItem(g -> g.tableName(table).key(KEY).consistentRead(true))
            .item()
            .get(SumLayout.ATTRIBUTE);
    return layout != null && Integer.parseInt(layout.n()) >= SumLayout.NOW.ordinal();
  }

  public void done() {
    dynamoDb.putItem(p -> p.tableName(table).item(doneItem()));
  }

  /** What says so. */
  public static Map<String, AttributeValue> doneItem() {
    Map<String, AttributeValue> item = new HashMap<>(KEY);
    item.put(SumLayout.ATTRIBUTE, SumLayout.NOW.stored());
    return item;
  }
}
