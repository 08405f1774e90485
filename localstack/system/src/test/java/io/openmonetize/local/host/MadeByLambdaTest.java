package io.openmonetize.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Tables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The constructors that only Lambda calls. */
class MadeByLambdaTest {
  private static final Tables TABLES = new Tables("control", "usage");

  @TempDir private Path folder;

  @Test
  void functions_madeOfTheEnvironmentAlone_answer() throws Exception {
    try (DynamoDbServer store = DynamoDbServer.start();
        SqsServer queue = SqsServer.start()) {
      String key = prepare(store);
      String queueUrl;
      try (var sqs = queue.client()) {
        queueUrl = sqs.createQueue(q -> q.queueName("usage")).queueUrl();
      }
      Map<String, String> variables =
          Map.of(
              "AWS_REGION", "eu-central-1",
              "OM_DYNAMODB_ENDPOINT", store.endpoint().toString(),
              "OM_SQS_ENDPOINT", queue.endpoint().toString(),
              "OM_CONTROL_TABLE", TABLES.control(),
              "OM_USAGE_TABLE", TABLES.usage(),
              "OM_USAGE_QUEUE_URL", queueUrl);

      assertThat(run(variables, key))
          .containsExactly("query 200", "ingest 200", "worker 0", "operators {\"names\":[]}");
    }
  }

  private static String prepare(DynamoDbServer store) {
    KeyText text = KeyText.random("dev", new SecureRandom());
    try (var client = store.client()) {
      TABLES.create(client);
      new KeyTable(client, TABLES.control())
          .add(
              new ApiKey(
                  "key_1",
                  "a key",
                  text.prefix(),
                  "dev",
                  Set.of(Scope.READ),
                  null,
                  Instant.now(),
                  "a test",
                  null,
                  null),
              text);
    }
    return text.reveal();
  }

  private List<String> run(Map<String, String> variables, String key) throws Exception {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MadeByLambda.class.getName(),
                key)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors, StandardCharsets.UTF_8)).isZero();
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }
}
