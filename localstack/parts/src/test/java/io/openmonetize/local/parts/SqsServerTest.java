package io.openmonetize.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsServerTest {
  @Test
  void start_inMemory_sendsAndReceives() {
    try (var server = SqsServer.start();
        var client = server.client()) {
      String queue = client.createQueue(b -> b.queueName("usage")).queueUrl();

      client.sendMessage(b -> b.queueUrl(queue).messageBody("one"));

      assertThat(client.receiveMessage(b -> b.queueUrl(queue).waitTimeSeconds(10)).messages())
          .extracting(Message::body)
          .containsExactly("one");
    }
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
}
