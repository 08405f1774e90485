package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.put;
import static io.openmonetize.storage.Attributes.text;
import static io.openmonetize.storage.Attributes.textOrNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How far the unpriced events were priced again with which price book: one item of the usage table.
 */
public final class RepricingState {
  private static final Map<String, AttributeValue> KEY =
      Map.of("pk", text("REPRICING"), "sk", text("STATE"));

  private final DynamoDbClient dynamoDb;
  private final String table;

  /**
   * @param priceBook its version
   * @param through the last place that is done, in words of whoever wrote it; null where none is,
   *     or all are
   * @param done whether all of it is
   */
  public record Progress(String priceBook, @Nullable String through, boolean done) {}

  public RepricingState(DynamoDbClient dynamoDb, String usageTable) {
    this.dynamoDb = dynamoDb;
    this.table = usageTable;
  }

  public Optional<Progress> read() {
    Map<String, AttributeValue> item =
        dynamoDb.getItem(g -> g.tableName(table).key(KEY).consistentRead(true)).item();
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Progress(
                item.get("price_book").s(), textOrNull(item, "through"), item.get("done").bool()));
  }

  public void write(Progress progress) {
    Map<String, AttributeValue> item = new HashMap<>(KEY);
    item.put("price_book", text(progress.priceBook()));
    put(item, "through", progress.through());
    item.put("done", AttributeValue.fromBool(progress.done()));
    dynamoDb.putItem(p -> p.tableName(table).item(item));
  }
}
