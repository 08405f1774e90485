package io.openmonetize.packaging;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalCertificate;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.local.parts.TlsFront;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * All that a function speaks to but its platform: both tables with a key, the usage queue, and what
 * its training adds, each behind TLS as in the world.
 */
public final class Surroundings implements AutoCloseable {
  private static final Tables TABLES = new Tables("control", "usage");
  private static final String QUEUE = "usage";
  private static final String BUNDLE = "trusted.pem";

  private final LocalCertificate certificate;
  private final SSLContext tls;
  private final DynamoDbServer store;
  private final SqsServer queue;
  private final List<AutoCloseable> started = new ArrayList<>();
  private final String key;
  private final Map<String, String> variables = new HashMap<>();

  private Surroundings(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.certificate = LocalCertificate.make(folder);
    this.tls = certificate.server();
    this.store = DynamoDbServer.start();
    this.queue = SqsServer.start();
    this.key = addKey();
    URI sqs = front(queue.endpoint());
    variables.put("OM_STAGE", "dev");
    variables.put("OM_CONTROL_TABLE", TABLES.control());
    variables.put("OM_USAGE_TABLE", TABLES.usage());
    variables.put("OM_USAGE_QUEUE_URL", sqs.resolve(makeQueue().getPath()).toString());
    variables.put("OM_SQS_ENDPOINT", sqs.toString());
    variables.put("OM_DYNAMODB_ENDPOINT", front(store.endpoint()).toString());
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
  }

  /**
   * @param folder for the certificate
   */
  public static Surroundings start(Path folder, Training training) throws Exception {
    Surroundings surroundings = new Surroundings(folder);
    surroundings.variables.put("_HANDLER", training.handler());
    training.prepare(surroundings);
    return surroundings;
  }

  /** Puts TLS before a server, until all is closed. */
  public URI front(URI behind) throws IOException {
    return closeWithTheRest(TlsFront.start(tls, behind)).url();
  }

  public <T extends AutoCloseable> T closeWithTheRest(T part) {
    started.add(part);
    return part;
  }

  /** Sets a variable of the function's. */
  public void put(String variable, String value) {
    variables.put(variable, value);
  }

  /**
   * Of the function's process.
   *
   * @param trusted the folder of {@link #writeTrusted}, as the process will see it
   */
  public Map<String, String> variables(String runtimeApi, Path trusted, String... jvmOptions) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    all.put("OM_CA_BUNDLE", trusted.resolve(BUNDLE).toString());
    all.put("JAVA_TOOL_OPTIONS", String.join(" ", jvmOptions));
    return all;
  }

  /** As many authorities as the package's own, whose reading is part of a start. */
  public void writeTrusted(Path runtime, Path folder) throws IOException, GeneralSecurityException {
    certificate.writeBundle(runtime, folder.resolve(BUNDLE));
  }

  /** An API key with all scopes. */
  public String key() {
    return key;
  }

  public String controlTable() {
    return TABLES.control();
  }

  public String usageTable() {
    return TABLES.usage();
  }

  public DynamoDbClient dynamoDb() {
    return store.client();
  }

  /** How many messages wait in the usage queue, delayed ones too. */
  public int queued() {
    try (SqsClient client = queue.client()) {
      Map<QueueAttributeName, String> counts =
          client
              .getQueueAttributes(
                  ask ->
                      ask.queueUrl(client.getQueueUrl(q -> q.queueName(QUEUE)).queueUrl())
                          .attributeNames(
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
              .attributes();
      return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable part : started) {
      try {
        part.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("a part did not close", e);
      }
    }
    queue.close();
    store.close();
  }

  private URI makeQueue() {
    try (SqsClient client = queue.client()) {
      return URI.create(client.createQueue(q -> q.queueName(QUEUE)).queueUrl());
    }
  }

  private String addKey() {
    KeyText text = KeyText.random("dev", new SecureRandom());
    ApiKey entry =
        new ApiKey(
            "key_1",
            "packaged",
            text.prefix(),
            "dev",
            Set.of(Scope.values()),
            null,
            Instant.EPOCH,
            "build",
            null,
            null);
    try (DynamoDbClient client = store.client()) {
      TABLES.create(client);
      new KeyTable(client, TABLES.control()).add(entry, text);
    }
    return text.reveal();
  }
}
