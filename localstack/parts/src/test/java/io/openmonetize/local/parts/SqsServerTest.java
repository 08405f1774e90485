package io.openmonetize.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsServerTest {
  @TempDir Path folder;

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
  void start_onTheFolderOfAKilledServer_hasItsMessages() throws Exception {
    sendAndDie(folder);

    try (var server = SqsServer.start(folder, 0);
        var client = server.client()) {
      String queue = client.getQueueUrl(b -> b.queueName("usage")).queueUrl();
      assertThat(receive(client, queue)).extracting(Message::body).containsExactly("kept");
    }
  }

  /** In a process of its own, since the server keeps its connections to one folder for ever. */
  private static void sendAndDie(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                SendAndDie.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isEqualTo(SendAndDie.SENT);
  }

  /** Ends without any closing, once its message was accepted. */
  static final class SendAndDie {
    static final int SENT = 7;

    private SendAndDie() {}

    public static void main(String[] arguments) {
      SqsServer server = SqsServer.start(Path.of(arguments[0]), 0);
      SqsClient client = server.client();
      String queue = client.createQueue(b -> b.queueName("usage")).queueUrl();
      client.sendMessage(b -> b.queueUrl(queue).messageBody("kept"));
      Runtime.getRuntime().halt(SENT);
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
