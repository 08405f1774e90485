package io.openmonetize.worker;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients as the function has them, with more patience for a busy machine. */
final class StoreClients {
  private StoreClients() {}

  static DynamoDbClient of(URI endpoint) {
    return new AwsClients(new Environment(Map.of("OM_DYNAMODB_ENDPOINT", endpoint.toString())))
        .dynamoDb(Duration.ofSeconds(20));
  }
}
