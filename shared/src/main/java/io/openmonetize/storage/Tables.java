package io.openmonetize.storage;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The two tables as they must be, for places where no CDK app makes them: one machine, and tests.
 * The CDK app declares the same, which a test of it compares.
 *
 * @param control API keys, operators, sessions
 * @param usage events, feeds and rollups
 */
public record Tables(String control, String usage) {
  /** One customer's events, newest first: {@code cfpk}, {@code cfsk}. */
  public static final String CUSTOMER_FEED = "customer-feed";

  /** All customers' events, newest first: {@code dfpk}, {@code dfsk}. */
  public static final String DAY_FEED = "day-feed";

  /** The attribute after whose time, in seconds since 1970, DynamoDB deletes an item. */
  public static final String EXPIRY = "ttl";

  /** Makes what is not there yet. */
  public void create(DynamoDbClient dynamoDb) {
    create(dynamoDb, controlTable());
    create(dynamoDb, usageTable());
  }

  public CreateTableRequest controlTable() {
    return table(control, List.of());
  }

  public CreateTableRequest usageTable() {
    return table(
        usage, List.of(feed(CUSTOMER_FEED, "cfpk", "cfsk"), feed(DAY_FEED, "dfpk", "dfsk")));
  }

  private static CreateTableRequest table(String name, List<GlobalSecondaryIndex> indexes) {
    List<KeySchemaElement> key = keySchema("pk", "sk");
    List<AttributeDefinition> attributes =
        Stream.concat(Stream.of(key), indexes.stream().map(GlobalSecondaryIndex::keySchema))
            .flatMap(List::stream)
            .map(element -> string(element.attributeName()))
            .toList();
    CreateTableRequest.Builder table =
        CreateTableRequest.builder()
            .tableName(name)
            .keySchema(key)
            .attributeDefinitions(attributes)
            .billingMode(BillingMode.PAY_PER_REQUEST);
    if (!indexes.isEmpty()) {
      table.globalSecondaryIndexes(indexes);
    }
    return table.build();
  }

  private static void create(DynamoDbClient dynamoDb, CreateTableRequest table) {
    try {
      dynamoDb.createTable(table);
    } catch (ResourceInUseException e) {
      return;
    }
    dynamoDb.waiter().waitUntilTableExists(t -> t.tableName(table.tableName()));
    dynamoDb.updateTimeToLive(
        t ->
            t.tableName(table.tableName())
                .timeToLiveSpecification(ttl -> ttl.attributeName(EXPIRY).enabled(true)));
  }

  private static GlobalSecondaryIndex feed(String name, String partition, String sort) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(keySchema(partition, sort))
        .projection(p -> p.projectionType(ProjectionType.ALL))
        .build();
  }

  private static List<KeySchemaElement> keySchema(String partition, String sort) {
    return List.of(
        KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
