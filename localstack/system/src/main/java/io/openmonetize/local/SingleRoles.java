package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One part of the system as a process of its own, so that each can be killed alone. {@code
 * OM_SQS_ENDPOINT} and {@code OM_DYNAMODB_ENDPOINT} say where queue and store are: to the queue and
 * the store themselves on which port, to the others whom to ask.
 */
final class SingleRoles {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private SingleRoles() {}

  /** Told when a part is ready, and with what it can be reached. */
  interface Ready {
    void ready(Map<String, String> fields, @Nullable Credentials credentials);
  }

  static AutoCloseable queue(Environment environment, Path folder, Ready ready) {
    LocalSettings settings = LocalSettings.of(environment);
    DataDirectory directory = DataDirectory.open(folder, EnumSet.of(DataDirectory.Part.QUEUE));
    SqsServer server = SqsServer.start(directory.queues(), port(settings.sqsEndpoint()));
    directory.announce(DataDirectory.Part.QUEUE, server.endpoint());
    try (SqsClient sqs = server.client()) {
      UsageQueues.create(sqs);
    }
    ready.ready(Map.of("queue", server.endpoint().toString()), null);
    return () -> {
      server.close();
      directory.close();
    };
  }

  static AutoCloseable store(Environment environment, Path folder, Clock clock, Ready ready) {
    LocalSettings settings = LocalSettings.of(environment);
    Stage stage = Stage.of(environment);
    settings.apiKey().ifPresent(key -> Seed.checked(key, stage));
    DataDirectory directory = DataDirectory.open(folder, EnumSet.of(DataDirectory.Part.STORE));
    DynamoDbServer server =
        Backends.startDynamoDb(settings.functions(), directory, port(settings.dynamoDbEndpoint()));
    directory.announce(DataDirectory.Part.STORE, server.endpoint());
    Credentials credentials;
    try (DynamoDbClient dynamoDb = server.client()) {
      credentials =
          new Seed(dynamoDb, stage, clock, new SecureRandom())
              .plant(settings.apiKey(), directory.credentials());
    }
    ready.ready(Map.of("store", server.endpoint().toString()), credentials);
    return () -> {
      server.close();
      directory.close();
    };
  }

  static AutoCloseable proxy(Environment environment, Clock clock, Log log, Ready ready)
      throws IOException {
    LocalSettings settings = LocalSettings.of(environment);
    ProxyRole proxy = ProxyRole.start(settings, functions(settings), clock, log);
    ready.ready(Map.of("proxy", proxy.url().toString()), null);
    return () -> proxy.close(settings.stopWithin());
  }

  static AutoCloseable worker(Environment environment, Clock clock, Log log, Ready ready) {
    WorkerRole worker = WorkerRole.start(functions(LocalSettings.of(environment)), clock, log);
    ready.ready(Map.of(), null);
    return worker;
  }

  static AutoCloseable api(Environment environment, Clock clock, Log log, Ready ready)
      throws IOException {
    LocalSettings settings = LocalSettings.of(environment);
    ApiRole api = ApiRole.start(settings, functions(settings), clock, log);
    ready.ready(
        Map.of(
            "ingestion", api.ingestionUrl().toString(),
            "dashboard", api.dashboardUrl().toString()),
        null);
    return () -> api.close(settings.stopWithin());
  }

  private static int port(Optional<URI> endpoint) {
    return endpoint.map(URI::getPort).filter(port -> port > 0).orElse(0);
  }

  /** Both endpoints must be named: a part alone does not start the others. */
  private static Environment functions(LocalSettings settings) {
    if (settings.sqsEndpoint().isEmpty() || settings.dynamoDbEndpoint().isEmpty()) {
      throw new ConfigurationException(
          "OM_SQS_ENDPOINT and OM_DYNAMODB_ENDPOINT must name the queue and the store");
    }
    Environment environment = settings.functions();
    try (SqsClient sqs = new AwsClients(environment).sqs(ANSWER_WITHIN)) {
      return Backends.at(settings).functions(environment, UsageQueues.find(sqs), Map.of());
    } catch (SdkException e) {
      throw new LocalPartException("no usage queue answers at OM_SQS_ENDPOINT", e);
    }
  }
}
