package io.openmonetize.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbServerTest {
  @TempDir Path folder;

  @Test
  void start_inMemory_storesAndReads() {
    try (var server = DynamoDbServer.start();
        var client = server.client()) {
      createTable(client);

      client.putItem(b -> b.tableName("things").item(Map.of("id", text("a"), "n", text("1"))));

      assertThat(read(client, "a")).containsEntry("n", text("1"));
    }
  }

  @Test
  void start_onTheFileOfAnEarlierServer_hasItsTables() {
    Path file = folder.resolve("tables.db");
    try (var server = DynamoDbServer.start(file, 0);
        var client = server.client()) {
      createTable(client);
      client.putItem(b -> b.tableName("things").item(Map.of("id", text("kept"))));
    }

    try (var server = DynamoDbServer.start(file, 0);
        var client = server.client()) {
      assertThat(read(client, "kept")).isNotEmpty();
    }
  }

  @Test
  void start_onATakenPort_saysSo() {
    try (var server = DynamoDbServer.start()) {
      assertThatThrownBy(() -> DynamoDbServer.start(null, server.endpoint().getPort()))
          .isInstanceOf(LocalPartException.class)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void close_whileRunning_endsTheServer() {
    var server = DynamoDbServer.start();
    var client = server.client();

    server.close();

    assertThatThrownBy(client::listTables).isInstanceOf(SdkClientException.class);
    client.close();
  }

  private static void createTable(DynamoDbClient client) {
    client.createTable(
        b ->
            b.tableName("things")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
  }

  private static Map<String, AttributeValue> read(DynamoDbClient client, String id) {
    return client.getItem(b -> b.tableName("things").key(Map.of("id", text(id)))).item();
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }
}
