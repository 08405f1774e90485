package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.queue.DeadLetters;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@ExtendWith(DynamoDbExtension.class)
class PipelineTest {
  private static SqsServer sqs;
  private static SqsClient client;

  private final QuerySystem system;
  private final String session;

  PipelineTest(QuerySystem system) {
    this.system = system;
    this.session = system.signIn();
  }

  @BeforeAll
  static void startServer() {
    sqs = SqsServer.start();
    client = sqs.client();
  }

  @AfterAll
  static void stopServer() {
    client.close();
    sqs.close();
  }

  @Test
  void pipeline_noQueueConfigured_hasNumbersOfTheLedgerOnly() {
    system.book(
        TestEvents.event("a").stored(),
        TestEvents.event("b").status(CallStatus.UNACCOUNTED).stored());

    JsonNode state = pipeline();

    assertThat(state.path("queue").asText()).isEqualTo("unavailable");
    assertThat(state.path("waiting").isNull()).isTrue();
    assertThat(state.path("unaccounted_events").asInt()).isEqualTo(1);
    assertThat(state.path("settled_events").asInt()).isEqualTo(1);
  }

  @Test
  void pipeline_queueThatDoesNotAnswer_hasNulls() {
    system.useQueue(URI.create("http://127.0.0.1:1"), "http://127.0.0.1:1/000000000000/usage");

    assertThat(pipeline().path("dead_letters").isNull()).isTrue();
    assertThat(system.log()).contains("queue_unavailable");
  }

  @Test
  void pipeline_queueWithMessages_countsThem() {
    String queue = newQueue();
    client.sendMessage(m -> m.queueUrl(queue).messageBody("one"));
    letters(queue).add("broken", "events", 3);

    JsonNode state = pipeline();

    assertThat(state.path("queue").asText()).isEqualTo("ok");
    assertThat(state.path("waiting").asInt()).isEqualTo(1);
    assertThat(state.path("dead_letters").asInt()).isEqualTo(1);
  }

  @Test
  void deadLetters_some_areListedWithCauseAndCustomer() {
    String queue = newQueue();
    String withdrawal = QueueMessageJson.write(new QueueMessage.Withdrawal("acme", "request-1"));
    letters(queue).add(withdrawal, "store", 4);
    letters(queue).add("{broken", "json", 1);

    JsonNode list = get("/v1/pipeline/dead-letters").data();

    assertThat(list)
        .extracting(
            letter -> letter.path("customer_id").asText("none"),
            letter -> letter.path("cause").asText(),
            letter -> letter.path("attempts").asInt(),
            letter -> letter.path("body").asText())
        .containsExactlyInAnyOrder(
            tuple("acme", "store", 4, withdrawal), tuple("none", "json", 1, "{broken"));
  }

  @Test
  void deadLetters_longOnes_areAsManyAsLambdaTakes() {
    String queue = newQueue();
    for (int i = 0; i < 30; i++) {
      letters(queue).add("x".repeat(250_000), "json", 1);
    }

    Reply reply = get("/v1/pipeline/dead-letters");

    assertThat(reply.data()).hasSizeBetween(15, 29);
    assertThat(reply.bytesOnTheWay()).isLessThan(6_000_000);
  }

  @Test
  void redrive_oneLetter_sendsItAgainAndIsNoted() {
    String queue = newQueue();
    letters(queue).add("one", "cause", 1);
    letters(queue).add("two", "cause", 1);
    JsonNode letter = get("/v1/pipeline/dead-letters").data().get(0);
    String id = letter.path("id").asText();

    system.clock.advance(Duration.ofSeconds(1));

    Reply reply = post("/v1/pipeline/dead-letters/" + id + "/redrive");

    assertThat(reply.data().path("redriven").asInt()).isEqualTo(1);
    assertThat(get("/v1/pipeline/dead-letters").data()).hasSize(1);
    assertThat(client.receiveMessage(r -> r.queueUrl(queue)).messages())
        .extracting(Message::body)
        .containsExactly(letter.path("body").asText());
    JsonNode entry = get("/v1/audit").data().get(0);
    assertThat(entry.path("action").asText()).isEqualTo("dead_letters.redriven");
    assertThat(entry.path("subject").asText()).isEqualTo(id);
    assertThat(post("/v1/pipeline/dead-letters/" + id + "/redrive").status()).isEqualTo(404);
  }

  @Test
  void redrive_all_leavesNone() {
    String queue = newQueue();
    for (int i = 0; i < 12; i++) {
      letters(queue).add("letter " + i, "cause", 1);
    }

    assertThat(post("/v1/pipeline/dead-letters/redrive").data().path("redriven").asInt())
        .isEqualTo(12);
    assertThat(get("/v1/pipeline/dead-letters").data()).isEmpty();
  }

  @Test
  void redrive_moreThanOneAnswersTime_takesSome() {
    String queue = newQueue();
    DeadLetters letters = letters(queue);
    for (int i = 0; i < DeadLetters.LETTERS_AT_MOST + 3; i++) {
      letters.add("letter " + i, "cause", 1);
    }

    assertThat(post("/v1/pipeline/dead-letters/redrive").data().path("redriven").asInt())
        .isEqualTo(DeadLetters.LETTERS_AT_MOST);
    assertThat(post("/v1/pipeline/dead-letters/redrive").data().path("redriven").asInt())
        .isEqualTo(3);
  }

  @Test
  void deadLetters_noQueueConfigured_areUnavailable() {
    assertThat(get("/v1/pipeline/dead-letters").status()).isEqualTo(503);
    assertThat(post("/v1/pipeline/dead-letters/redrive").status()).isEqualTo(503);
    assertThat(get("/v1/pipeline/dead-letters?limit=0").status()).isEqualTo(400);
  }

  private String newQueue() {
    String name = "usage-" + UUID.randomUUID();
    String dead = client.createQueue(q -> q.queueName(name + "-dead")).queueUrl();
    String arn =
        client
            .getQueueAttributes(a -> a.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String policy = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"9\"}".formatted(arn);
    String queue =
        client
            .createQueue(
                q ->
                    q.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
            .queueUrl();
    system.useQueue(sqs.endpoint(), queue);
    return queue;
  }

  private static DeadLetters letters(String queue) {
    return DeadLetters.of(client, queue).orElseThrow();
  }

  private JsonNode pipeline() {
    return get("/v1/pipeline").data();
  }

  private Reply get(String target) {
    return system.get(target).cookie(session).send();
  }

  private Reply post(String target) {
    return system.post(target).signedIn(session).send();
  }
}
