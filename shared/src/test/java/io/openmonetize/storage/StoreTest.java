package io.openmonetize.storage;

import io.openmonetize.local.parts.DynamoDbServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Fresh tables on a real server for every test, and a plain way to book events into them. */
abstract class StoreTest {
  static final UsageLayout LAYOUT = UsageLayout.DEFAULT;

  static DynamoDbServer server;
  static DynamoDbClient dynamoDb;
  Tables tables;

  @BeforeAll
  static void startServer() {
    server = DynamoDbServer.start();
    dynamoDb = server.client();
  }

  @AfterAll
  static void stopServer() {
    dynamoDb.close();
    server.close();
  }

  @BeforeEach
  void createTables() {
    String name = UUID.randomUUID().toString();
    tables = new Tables("control-" + name, "usage-" + name);
    tables.create(dynamoDb);
  }

  /** In transactions of a few events each, since one takes 100 actions; over all shards. */
  void book(List<StoredEvent> events) {
    int next = 0;
    for (int first = 0; first < events.size(); first += 4) {
      List<StoredEvent> batch = events.subList(first, Math.min(first + 4, events.size()));
      int shard = next;
      List<TransactWriteItem> actions = new ArrayList<>();
      for (StoredEvent stored : batch) {
        actions.add(
            TransactWriteItem.builder()
                .put(p -> p.tableName(tables.usage()).item(EventItem.write(stored, LAYOUT, shard)))
                .build());
      }
      for (Map.Entry<RollupKey, Rollup> entry : RollupFold.fold(batch, shard).entrySet()) {
        actions.add(
            TransactWriteItem.builder()
                .update(RollupItem.add(tables.usage(), entry.getKey(), entry.getValue()))
                .build());
      }
      dynamoDb.transactWriteItems(t -> t.transactItems(actions));
      next = (next + 1) % LAYOUT.rollupShards();
    }
  }
}
