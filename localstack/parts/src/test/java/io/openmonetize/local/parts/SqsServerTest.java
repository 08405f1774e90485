package io.openmonetize.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsServerTest {
  /** One for all: a process can have no second. */
  @TempDir static Path folder;

  @TempDir Path another;

  @Test
  void start_inMemory_sendsAndReceives() {
    try (var server = SqsServer.start();
        var client = server.client()) {
      String queue = client.createQueue(b -> b.queueName("usage")).queueUrl();

      client.sendMessage(b -> b.queueUrl(queue).messageBody("one"));

      assertThat(receive(client, queue)).extracting(Message::body).containsExactly("one");
    }
  }

  @Test
  void start_onTheFolderOfAnEarlierServer_hasItsMessages() {
    try (var server = SqsServer.start(folder, 0);
        var client = server.client()) {
      String queue = client.createQueue(b -> b.queueName("usage")).queueUrl();
      client.sendMessage(b -> b.queueUrl(queue).messageBody("kept"));
    }

    try (var server = SqsServer.start(folder, 0);
        var client = server.client()) {
      String queue = client.getQueueUrl(b -> b.queueName("usage")).queueUrl();
      assertThat(receive(client, queue)).extracting(Message::body).containsExactly("kept");
    }
  }

  @Test
  void start_onTheFolderOfAnEarlierServer_keepsTheRedrivePolicyAndItsCounts() {
    String policy = "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}";
    try (var server = SqsServer.start(folder, 0);
        var client = server.client()) {
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
              policy.formatted(arn));
      String queue =
          client.createQueue(b -> b.queueName("orders").attributes(attributes)).queueUrl();
      client.sendMessage(b -> b.queueUrl(queue).messageBody("bad"));
      assertThat(receive(client, queue)).hasSize(1);
      assertThat(receive(client, queue)).hasSize(1);
    }

    try (var server = SqsServer.start(folder, 0);
        var client = server.client()) {
      String queue = client.getQueueUrl(b -> b.queueName("orders")).queueUrl();
      String dead = client.getQueueUrl(b -> b.queueName("orders-dead")).queueUrl();
      // The third receive is one too many: it moves the message instead.
      assertThat(client.receiveMessage(b -> b.queueUrl(queue)).messages()).isEmpty();
      assertThat(receive(client, dead)).extracting(Message::body).containsExactly("bad");
    }
  }

  @Test
  void start_onASecondFolder_isRefused() {
    SqsServer.start(folder, 0).close();

    assertThatThrownBy(() -> SqsServer.start(another, 0))
        .isInstanceOf(LocalPartException.class)
        .hasRootCauseMessage("this process has the queues of another folder open");
  }

  @Test
  void queueUrl_givenByTheServer_leadsToTheServer() {
    try (var server = SqsServer.start();
        var client = server.client()) {
      String url = client.createQueue(b -> b.queueName("usage")).queueUrl();

      assertThat(url).startsWith(server.endpoint().toString());
    }
  }

  @Test
  void start_onATakenPort_namesThePort() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> SqsServer.start(null, port))
          .isInstanceOf(LocalPartException.class)
          .hasMessageContaining(Integer.toString(port));
    }
  }

  private static List<Message> receive(SqsClient client, String queue) {
    return client.receiveMessage(b -> b.queueUrl(queue).waitTimeSeconds(10)).messages();
  }
}
