package io.openmonetize.worker;

import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.storage.Tables;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Each test has a usage table of its own, on one server for all of its class. */
abstract class StoreTest {
  static DynamoDbServer server;
  static DynamoDbClient direct;

  String table;

  @BeforeAll
  static void startServer() {
    server = DynamoDbServer.start();
    direct = StoreClients.of(server.endpoint());
  }

  @AfterAll
  static void stopServer() {
    direct.close();
    server.close();
  }

  @BeforeEach
  void createTable() {
    String name = UUID.randomUUID().toString();
    table = "usage-" + name;
    new Tables("control-" + name, table).create(direct);
  }
}
