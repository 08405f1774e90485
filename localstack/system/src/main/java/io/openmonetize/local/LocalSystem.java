package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Everything, running in this process. */
public final class LocalSystem implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Credentials credentials;
  private final Backends backends;
  private final String queueUrl;
  private final ProxyRole proxy;
  private final ApiRole api;
  private final Deque<AutoCloseable> parts;
  private final Log log;
  private boolean closed;

  private LocalSystem(
      Credentials credentials,
      Backends backends,
      String queueUrl,
      ProxyRole proxy,
      ApiRole api,
      Deque<AutoCloseable> parts,
      Log log) {
    this.credentials = credentials;
    this.backends = backends;
    this.queueUrl = queueUrl;
    this.proxy = proxy;
    this.api = api;
    this.parts = parts;
    this.log = log;
  }

  /**
   * Ready for calls when it returns.
   *
   * @param folder where data are kept; null keeps them in memory
   * @throws ConfigurationException when a variable is wrong
   * @throws LocalPartException when a part can't be started, or another system has the folder
   */
  public static LocalSystem start(
      Environment environment, @Nullable Path folder, Clock clock, Log log) throws IOException {
    LocalSettings settings = LocalSettings.of(environment);
    Stage stage = Stage.of(environment);
    settings.apiKey().ifPresent(key -> Seed.checked(key, stage));
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return start(settings, stage, folder, clock, log, parts);
    } catch (IOException | RuntimeException e) {
      closeAll(parts, log);
      throw e;
    }
  }

  /**
   * @param parts gets what is to be closed, the last first
   */
  private static LocalSystem start(
      LocalSettings settings,
      Stage stage,
      @Nullable Path folder,
      Clock clock,
      Log log,
      Deque<AutoCloseable> parts)
      throws IOException {
    DataDirectory directory =
        folder == null ? null : DataDirectory.open(folder, DataDirectory.WHOLE);
    if (directory != null) {
      parts.push(directory);
    }
    Backends backends = Backends.start(settings, directory);
    parts.push(backends);
    if (directory != null) {
      directory.announce(DataDirectory.Part.STORE, backends.dynamoDb());
      directory.announce(DataDirectory.Part.QUEUE, backends.sqs());
    }
    AwsClients clients = new AwsClients(backends.functions(settings.functions(), "", Map.of()));
    Credentials credentials;
    String queueUrl;
    try (DynamoDbClient dynamoDb = clients.dynamoDb(ANSWER_WITHIN);
        SqsClient sqs = clients.sqs(ANSWER_WITHIN)) {
      queueUrl = UsageQueues.create(sqs);
      credentials =
          new Seed(dynamoDb, stage, clock, new SecureRandom())
              .plant(settings.apiKey(), directory == null ? null : directory.credentials());
    }
    Environment functions = backends.functions(settings.functions(), queueUrl, Map.of());
    WorkerRole worker = WorkerRole.start(functions, clock, log);
    parts.push(worker);
    ProxyRole proxy = ProxyRole.start(settings, functions, clock, log);
    parts.push(() -> proxy.close(settings.stopWithin()));
    Environment forApi =
        backends.functions(
            settings.functions(), queueUrl, Map.of("OM_PROXY_URL", proxy.url().toString()));
    ApiRole api = ApiRole.start(settings, forApi, clock, log);
    parts.push(() -> api.close(settings.stopWithin()));
    return new LocalSystem(credentials, backends, queueUrl, proxy, api, parts, log);
  }

  public URI proxy() {
    return proxy.url();
  }

  public URI ingestion() {
    return api.ingestionUrl();
  }

  public URI dashboard() {
    return api.dashboardUrl();
  }

  public String apiKey() {
    return credentials.apiKey();
  }

  public String operatorName() {
    return credentials.operatorName();
  }

  public String operatorPassword() {
    return credentials.operatorPassword();
  }

  /** Of the DynamoDB server. */
  public URI store() {
    return backends.dynamoDb();
  }

  /** Of the SQS server. */
  public URI queue() {
    return backends.sqs();
  }

  public String queueUrl() {
    return queueUrl;
  }

  Credentials credentials() {
    return credentials;
  }

  /**
   * Takes no more calls, lets running ones end for a bounded time, books what is in hand, and ends
   * everything it started. What is still queued is booked at the next start.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeAll(parts, log);
    }
  }

  private static void closeAll(Deque<AutoCloseable> parts, Log log) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        // The others must be closed all the same.
        log.error("part_not_closed", "cause", e);
      }
    }
  }
}
