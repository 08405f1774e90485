package io.openmonetize.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a server finds in a folder whose server was killed. */
class KeptQueuesTest {
  @TempDir static Path folder;

  private static SqsServer server;
  private static SqsClient client;

  @TempDir Path another;

  @BeforeAll
  static void startOnWhatAKilledProcessLeft() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Earlier.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isEqualTo(Earlier.DONE);
    server = SqsServer.start(folder, 0);
    client = server.client();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void message_thatWasAccepted_isThere() {
    assertThat(receive(client, url("usage")))
        .extracting(Message::body)
        .containsExactlyInAnyOrderElementsOf(Earlier.BODIES);
  }

  @Test
  void message_thatWasReceivedTooOften_isMovedToTheDeadLetters() {
    // The third receive is one too many: it moves the message instead.
    assertThat(client.receiveMessage(b -> b.queueUrl(url("orders"))).messages()).isEmpty();

    assertThat(receive(client, url("orders-dead")))
        .extracting(Message::body)
        .containsExactly("bad");
  }

  @Test
  void start_onASecondFolder_isRefused() {
    assertThatThrownBy(() -> SqsServer.start(another, 0))
        .isInstanceOf(LocalPartException.class)
        .hasRootCauseMessage("this process has the queues of another folder open");
  }

  private static String url(String queue) {
    return client.getQueueUrl(b -> b.queueName(queue)).queueUrl();
  }

  private static List<Message> receive(SqsClient client, String queue) {
    return client
        .receiveMessage(b -> b.queueUrl(queue).waitTimeSeconds(10).maxNumberOfMessages(10))
        .messages();
  }

  /** The process before: ends without any closing, once its messages were accepted. */
  static final class Earlier {
    static final int DONE = 7;
    static final List<String> BODIES = List.of("one", "two", "three");

    private Earlier() {}

    public static void main(String[] arguments) {
      SqsServer server = SqsServer.start(Path.of(arguments[0]), 0);
      SqsClient client = server.client();
      String usage = client.createQueue(b -> b.queueName("usage")).queueUrl();
      String orders = createWithDeadLetters(client);
      client.sendMessage(b -> b.queueUrl(orders).messageBody("bad"));
      if (receive(client, orders).size() != 1 || receive(client, orders).size() != 1) {
        throw new AssertionError("not received twice");
      }
      BODIES.forEach(body -> client.sendMessage(b -> b.queueUrl(usage).messageBody(body)));
      Runtime.getRuntime().halt(DONE);
    }

    /** Its name comes before that of its dead letters, as it may when the queues are read. */
    private static String createWithDeadLetters(SqsClient client) {
      String dead = client.createQueue(b -> b.queueName("orders-dead")).queueUrl();
      String arn =
          client
              .getQueueAttributes(
                  a -> a.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
              .attributes()
              .get(QueueAttributeName.QUEUE_ARN);
      Map<QueueAttributeName, String> attributes =
          Map.of(
              QueueAttributeName.VISIBILITY_TIMEOUT,
              "0",
              QueueAttributeName.REDRIVE_POLICY,
              "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}".formatted(arn));
      return client.createQueue(b -> b.queueName("orders").attributes(attributes)).queueUrl();
    }
  }
}
