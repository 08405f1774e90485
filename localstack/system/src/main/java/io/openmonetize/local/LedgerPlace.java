package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.storage.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The tables and the queue that a command works on.
 *
 * <p>Where the environment names them as the CDK app does for its functions ({@code
 * OM_CONTROL_TABLE}, {@code OM_USAGE_TABLE}, {@code OM_USAGE_QUEUE_URL}), it is those, with the
 * caller's own AWS credentials and region. Otherwise it is those of the data folder: through the
 * system that is running on it, or on the servers that {@code OM_SQS_ENDPOINT} and {@code
 * OM_DYNAMODB_ENDPOINT} name, or on servers started for the command.
 */
final class LedgerPlace implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final List<String> DEPLOYED =
      List.of("OM_CONTROL_TABLE", "OM_USAGE_TABLE", "OM_USAGE_QUEUE_URL");

  private final Tables tables;
  private final String deployedQueueUrl;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final @Nullable Backends backends;
  private final @Nullable DataDirectory directory;

  private LedgerPlace(
      Environment functions, @Nullable Backends backends, @Nullable DataDirectory directory) {
    AwsClients clients = new AwsClients(functions);
    this.backends = backends;
    this.directory = directory;
    this.dynamoDb = clients.dynamoDb(ANSWER_WITHIN);
    this.sqs = clients.sqs(ANSWER_WITHIN);
    this.tables =
        new Tables(functions.require("OM_CONTROL_TABLE"), functions.require("OM_USAGE_TABLE"));
    this.deployedQueueUrl = functions.find("OM_USAGE_QUEUE_URL").orElse("");
  }

  /**
   * @throws ConfigurationException when only some of a deployment's names are given
   */
  static LedgerPlace open(Environment environment, Path folder) throws IOException {
    if (DEPLOYED.stream().anyMatch(name -> environment.find(name).isPresent())) {
      DEPLOYED.forEach(environment::require);
      environment.require("AWS_REGION");
      return new LedgerPlace(environment, null, null);
    }
    LocalSettings settings = LocalSettings.of(withRunningSystem(environment, folder));
    boolean named = settings.dynamoDbEndpoint().isPresent() && settings.sqsEndpoint().isPresent();
    DataDirectory directory = named ? null : DataDirectory.open(folder, DataDirectory.WHOLE);
    Backends backends = null;
    try {
      backends = Backends.start(settings, directory);
      return new LedgerPlace(
          backends.functions(settings.functions(), "", Map.of()), backends, directory);
    } catch (RuntimeException e) {
      close(backends, directory);
      throw e;
    }
  }

  private static Environment withRunningSystem(Environment environment, Path folder) {
    Map<String, String> variables = new HashMap<>();
    DataDirectory.served(folder, DataDirectory.Part.STORE)
        .ifPresent(store -> variables.put("OM_DYNAMODB_ENDPOINT", store.toString()));
    DataDirectory.served(folder, DataDirectory.Part.QUEUE)
        .ifPresent(queue -> variables.put("OM_SQS_ENDPOINT", queue.toString()));
    variables.putAll(environment.variables());
    return new Environment(variables);
  }

  /** This machine's own are made where they are not there yet; a deployment's are never. */
  Tables tables() {
    if (backends != null) {
      tables.create(dynamoDb);
    }
    return tables;
  }

  /** As with the tables. A command that needs no queue does not ask, and none has to answer. */
  String queueUrl() {
    return backends == null ? deployedQueueUrl : UsageQueues.create(sqs);
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  SqsClient sqs() {
    return sqs;
  }

  @Override
  public void close() {
    sqs.close();
    dynamoDb.close();
    close(backends, directory);
  }

  private static void close(@Nullable Backends backends, @Nullable DataDirectory directory) {
    if (backends != null) {
      backends.close();
    }
    if (directory != null) {
      directory.close();
    }
  }
}
