package io.openmonetize.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.storage.KeyTable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** With the SDK's clients, which check the digests. */
class ServicesTest {
  private static final String FIRST = "6f1c7c1e-54b7-4f0a-9f4e-000000000001";
  private static final String SECOND = "6f1c7c1e-54b7-4f0a-9f4e-000000000002";

  private Loop loop;
  private Services services;
  private AwsClients aws;

  @BeforeEach
  void start() throws IOException {
    loop = Loop.start();
    services = Services.start(loop);
    aws =
        new AwsClients(
            new Environment(
                Map.of("OM_SQS_ENDPOINT", services.url(), "OM_DYNAMODB_ENDPOINT", services.url())));
  }

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void sendMessage_isAcknowledgedAndCounted() {
    try (SqsClient sqs = aws.sqs(Duration.ofSeconds(30))) {
      sqs.sendMessage(m -> m.queueUrl(services.queueUrl()).messageBody(event(FIRST)));
      sqs.sendMessage(m -> m.queueUrl(services.queueUrl()).messageBody(intent(SECOND)));
    }
    EventLog log = loop.call(services::take);

    assertThat(log.events.sorted()).containsExactly(EventLog.fold(FIRST.getBytes(UTF_8), 0));
    assertThat(log.intents.sorted()).containsExactly(EventLog.fold(SECOND.getBytes(UTF_8), 0));
    assertThat(log.requests()).isEqualTo(2);
  }

  @Test
  void sendMessageBatch_eachEntryIsAcknowledgedAndCounted() {
    try (SqsClient sqs = aws.sqs(Duration.ofSeconds(30))) {
      var answer =
          sqs.sendMessageBatch(
              b ->
                  b.queueUrl(services.queueUrl())
                      .entries(entry("a", event(FIRST)), entry("b", event(SECOND))));

      assertThat(answer.successful()).extracting(e -> e.id()).containsExactly("a", "b");
      assertThat(answer.failed()).isEmpty();
    }
    EventLog log = loop.call(services::take);

    assertThat(log.events.size()).isEqualTo(2);
    assertThat(log.requests()).isEqualTo(1);
  }

  @Test
  void find_anyKey_isOneThatMayCallTheProxy() {
    try (DynamoDbClient dynamoDb = aws.dynamoDb(Duration.ofSeconds(30))) {
      assertThat(new KeyTable(dynamoDb, "control").find("any")).isPresent();
    }
  }

  @Test
  void getQueueUrl_isTheOneThatItListensAt() {
    try (SqsClient sqs = aws.sqs(Duration.ofSeconds(30))) {
      assertThat(sqs.getQueueUrl(q -> q.queueName("usage")).queueUrl())
          .isEqualTo(services.queueUrl());
    }
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder()
        .id(id)
        .messageBody(body)
        .messageGroupId("acme")
        .build();
  }

  /** With what must be escaped where it stands in another JSON text. */
  private static String event(String id) {
    return "{\"v\":1,\"event_id\":\"%s\",\"raw\":\"{\\\"a\\\":1}\\n\\\\\"}".formatted(id);
  }

  private static String intent(String id) {
    return "{\"v\":1,\"kind\":\"intent\",\"request_id\":\"%s\"}".formatted(id);
  }
}
