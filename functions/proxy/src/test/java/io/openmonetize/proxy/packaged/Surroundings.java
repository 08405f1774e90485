package io.openmonetize.proxy.packaged;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalCertificate;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.local.parts.TlsFront;
import io.openmonetize.proxy.Request;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * All that the proxy speaks to but its platform: three providers, the control table with a key, the
 * usage queue, each behind TLS as in the world.
 */
final class Surroundings implements AutoCloseable {
  /** Header names as the SDKs of the three send them. */
  private static final Map<String, String> PROVIDER_KEYS =
      Map.of(
          "anthropic", "x-api-key",
          "openai", "authorization",
          "gemini", "x-goog-api-key");

  private final LocalCertificate certificate;
  private final StandInProviders providers;
  private final DynamoDbServer store;
  private final SqsServer queue;
  private final List<TlsFront> fronts = new ArrayList<>();
  private final String key;
  private final Map<String, String> variables = new HashMap<>();

  private Surroundings(Path folder, StandInProviders providers)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.certificate = LocalCertificate.make(folder);
    this.providers = providers;
    this.store = DynamoDbServer.start();
    this.queue = SqsServer.start();
    this.key = addKey();
    SSLContext tls = certificate.server();
    URI sqs = front(tls, queue.endpoint());
    variables.put("OM_STAGE", "dev");
    variables.put("OM_CONTROL_TABLE", "control");
    variables.put("OM_USAGE_QUEUE_URL", sqs.resolve(makeQueue().getPath()).toString());
    variables.put("OM_SQS_ENDPOINT", sqs.toString());
    variables.put("OM_DYNAMODB_ENDPOINT", front(tls, store.endpoint()).toString());
    variables.put("ANTHROPIC_BASE_URL", front(tls, providers.anthropic().baseUrl()).toString());
    variables.put("OPENAI_BASE_URL", front(tls, providers.openAi().baseUrl()).toString());
    variables.put("GEMINI_BASE_URL", front(tls, providers.gemini().baseUrl()).toString());
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
  }

  /**
   * @param folder for the certificate
   */
  static Surroundings start(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    return new Surroundings(folder, StandInProviders.start());
  }

  /**
   * Of the proxy's process.
   *
   * @param trustStore of {@link #writeTrustStore}, as the process will see it
   */
  Map<String, String> variables(String runtimeApi, String trustStore, String... jvmOptions) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    all.put("OM_CA_BUNDLE", trustStore + ".pem");
    all.put(
        "JAVA_TOOL_OPTIONS",
        "-Djavax.net.ssl.trustStore=" + trustStore + " " + String.join(" ", jvmOptions));
    return all;
  }

  /** As large as Lambda's own, whose reading is part of a start. */
  void writeTrustStore(Path runtime, Path file) throws IOException, GeneralSecurityException {
    certificate.writeTrustStore(runtime, file);
    Path bundle = Path.of(file + ".pem");
    certificate.writePem(bundle);
    Path roots = Path.of("/etc/ssl/certs/ca-certificates.crt");
    if (Files.exists(roots)) {
      Files.write(bundle, Files.readAllBytes(roots), StandardOpenOption.APPEND);
    }
  }

  byte[] event(Call call) {
    return Request.post("/" + call.provider() + call.path(), call.body())
        .query(call.query())
        .with("x-om-customer-id", "acme")
        .with("x-om-user-id", "u-1")
        .with("x-om-feature-id", "chat")
        .with("x-om-api-key", key)
        .with("user-agent", "training/1.0")
        .with("accept", "*/*")
        .with("accept-encoding", "gzip, deflate")
        .with(PROVIDER_KEYS.getOrDefault(call.provider(), "authorization"), "Bearer sk-stand-in")
        .event();
  }

  /** How many messages wait in the usage queue, delayed ones too. */
  int queued() {
    try (SqsClient client = queue.client()) {
      Map<QueueAttributeName, String> counts =
          client
              .getQueueAttributes(
                  ask ->
                      ask.queueUrl(client.getQueueUrl(q -> q.queueName("usage")).queueUrl())
                          .attributeNames(
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
              .attributes();
      return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }
  }

  @Override
  public void close() throws IOException {
    for (TlsFront front : fronts) {
      front.close();
    }
    providers.close();
    queue.close();
    store.close();
  }

  private URI front(SSLContext tls, URI behind) throws IOException {
    TlsFront front = TlsFront.start(tls, behind);
    fronts.add(front);
    return front.url();
  }

  private URI makeQueue() {
    try (SqsClient client = queue.client()) {
      return URI.create(client.createQueue(q -> q.queueName("usage")).queueUrl());
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
            Set.of(Scope.PROXY),
            null,
            Instant.EPOCH,
            "build",
            null,
            null);
    try (DynamoDbClient client = store.client()) {
      new Tables("control", "usage").create(client);
      new KeyTable(client, "control").add(entry, text);
    }
    return text.reveal();
  }
}
