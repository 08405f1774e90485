package io.openmonetize.local;

import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.DynoxideBinary;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.storage.Tables;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The store and the queue, either servers of this system's own or others that are named. */
final class Backends implements AutoCloseable {
  static final Tables TABLES = new Tables("openmonetize-control", "openmonetize-usage");

  private final URI dynamoDb;
  private final URI sqs;
  private final @Nullable DynamoDbServer ownDynamoDb;
  private final @Nullable SqsServer ownSqs;

  private Backends(
      URI dynamoDb, URI sqs, @Nullable DynamoDbServer ownDynamoDb, @Nullable SqsServer ownSqs) {
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.ownDynamoDb = ownDynamoDb;
    this.ownSqs = ownSqs;
  }

  /** Those that the settings name, both. */
  static Backends at(LocalSettings settings) {
    return new Backends(
        settings.dynamoDbEndpoint().orElseThrow(),
        settings.sqsEndpoint().orElseThrow(),
        null,
        null);
  }

  /**
   * Starts what is not named by the settings.
   *
   * @param directory null keeps everything in memory
   */
  static Backends start(LocalSettings settings, @Nullable DataDirectory directory) {
    CompletableFuture<@Nullable SqsServer> sqs =
        CompletableFuture.supplyAsync(
            () ->
                settings.sqsEndpoint().isPresent()
                    ? null
                    : SqsServer.start(directory == null ? null : directory.queues(), 0),
            task -> Thread.ofVirtual().start(task));
    DynamoDbServer dynamoDb = null;
    try {
      if (settings.dynamoDbEndpoint().isEmpty()) {
        dynamoDb = startDynamoDb(settings.functions(), directory, 0);
      }
      SqsServer ownSqs = sqs.join();
      return new Backends(
          dynamoDb == null ? settings.dynamoDbEndpoint().orElseThrow() : dynamoDb.endpoint(),
          ownSqs == null ? settings.sqsEndpoint().orElseThrow() : ownSqs.endpoint(),
          dynamoDb,
          ownSqs);
    } catch (LocalPartException e) {
      sqs.thenAccept(Backends::close);
      throw e;
    } catch (CompletionException e) {
      close(dynamoDb);
      throw e.getCause() instanceof LocalPartException cause ? cause : e;
    }
  }

  static DynamoDbServer startDynamoDb(
      Environment environment, @Nullable DataDirectory directory, int port) {
    return directory == null
        ? DynamoDbServer.start(DynoxideBinary.find(), null, port)
        : DynamoDbServer.start(dynamoDbBinary(environment, directory), directory.tables(), port);
  }

  /** Fetches it if the build has not installed it. */
  static Path dynamoDbBinary(Environment environment, DataDirectory directory) {
    Path home = environment.find("OM_HOME").map(Path::of).orElse(null);
    return DynoxideBinary.findOrFetch(home, directory.programs());
  }

  URI dynamoDb() {
    return dynamoDb;
  }

  URI sqs() {
    return sqs;
  }

  /**
   * What the functions are told, as the CDK app tells them.
   *
   * @param more variables that only some of them need
   */
  Environment functions(Environment environment, String queueUrl, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(environment.variables());
    variables.put("OM_DYNAMODB_ENDPOINT", dynamoDb.toString());
    variables.put("OM_SQS_ENDPOINT", sqs.toString());
    variables.put("OM_CONTROL_TABLE", TABLES.control());
    variables.put("OM_USAGE_TABLE", TABLES.usage());
    variables.put("OM_USAGE_QUEUE_URL", queueUrl);
    variables.putAll(more);
    return new Environment(variables);
  }

  @Override
  public void close() {
    close(ownSqs);
    close(ownDynamoDb);
  }

  private static void close(@Nullable SqsServer server) {
    if (server != null) {
      server.close();
    }
  }

  private static void close(@Nullable DynamoDbServer server) {
    if (server != null) {
      server.close();
    }
  }
}
