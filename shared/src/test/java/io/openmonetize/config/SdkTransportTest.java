package io.openmonetize.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalCertificate;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.local.parts.TlsFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** The AWS SDK over our connections, against real servers, with TLS and without. */
final class SdkTransportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(300);

  /** For what must get through: also on a busy machine. */
  private static final Duration LATER = Duration.ofSeconds(2);

  private static final String STALLED_ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"Table";
  private static final String STALLED_ERROR =
      "HTTP/1.1 400 Bad Request\r\ncontent-length: 18\r\n\r\n{\"__typ";
  private static final String WHOLE_ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"TableNames\":[\"t\"]}";

  private static LocalCertificate certificate;
  private static Transport transport;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    certificate = LocalCertificate.make(folder);
    Path bundle = folder.resolve("trusted.pem");
    certificate.writePem(bundle);
    transport = Transport.of(new Environment(Map.of("OM_CA_BUNDLE", bundle.toString())));
  }

  @AfterAll
  static void closeTransport() {
    transport.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dynamoDb_realServer_answers(boolean tls) throws Exception {
    try (DynamoDbServer server = DynamoDbServer.start();
        TlsFront front = TlsFront.start(certificate.server(), server.endpoint());
        DynamoDbClient dynamoDb =
            clients("OM_DYNAMODB_ENDPOINT", tls ? front.url() : server.endpoint())
                .dynamoDb(PATIENCE)) {
      dynamoDb.createTable(
          table ->
              table
                  .tableName("table")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(
                      KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("id")
                          .attributeType(ScalarAttributeType.S)
                          .build()));
      // Larger than the window between event loop and reader, in both directions.
      String large = "\u00e9\u4e16x".repeat(50_000);
      Map<String, AttributeValue> item =
          Map.of("id", AttributeValue.fromS("a"), "large", AttributeValue.fromS(large));
      for (int i = 0; i < 5; i++) {
        dynamoDb.putItem(put -> put.tableName("table").item(item));
        assertThat(
                dynamoDb
                    .getItem(get -> get.tableName("table").key(Map.of("id", item.get("id"))))
                    .item())
            .isEqualTo(item);
      }
      assertThatThrownBy(() -> dynamoDb.describeTable(describe -> describe.tableName("none")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sqs_realServer_answers(boolean tls) throws Exception {
    try (SqsServer server = SqsServer.start();
        TlsFront front = TlsFront.start(certificate.server(), server.endpoint());
        SqsClient sqs =
            clients("OM_SQS_ENDPOINT", tls ? front.url() : server.endpoint()).sqs(PATIENCE)) {
      String queue = sqs.createQueue(create -> create.queueName("q")).queueUrl();
      List<SendMessageBatchRequestEntry> entries =
          IntStream.range(0, 10)
              .mapToObj(
                  i ->
                      SendMessageBatchRequestEntry.builder()
                          .id("m" + i)
                          .messageBody("{\"n\":\"\u4e16" + i + "\"}")
                          .build())
              .toList();
      sqs.sendMessageBatch(send -> send.queueUrl(queue).entries(entries));
      sqs.sendMessage(send -> send.queueUrl(queue).messageBody("one more"));
      List<Message> received =
          sqs.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10)).messages();
      assertThat(received).isNotEmpty();
      received.forEach(
          message ->
              sqs.deleteMessage(
                  delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\ncontent-le", STALLED_ANSWER})
  void dynamoDb_attemptThatHangs_isEndedAndTriedAgain(String hanging) throws Exception {
    try (SilentServer server = new SilentServer(hanging, WHOLE_ANSWER);
        DynamoDbClient dynamoDb = clients("OM_DYNAMODB_ENDPOINT", server.url()).dynamoDb(LATER)) {
      long start = System.nanoTime();
      assertThat(dynamoDb.listTables().tableNames()).containsExactly("t");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(LATER, PATIENCE);
      assertThat(server.connections()).isGreaterThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", STALLED_ANSWER})
  void dynamoDb_everyAttemptHangs_isTriedThreeTimes(String hanging) throws Exception {
    try (SilentServer server = new SilentServer(hanging);
        DynamoDbClient dynamoDb = clients("OM_DYNAMODB_ENDPOINT", server.url()).dynamoDb(SOON)) {
      assertThatThrownBy(dynamoDb::listTables).isInstanceOf(SdkClientException.class);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void dynamoDb_refusalThatHangsInItsBody_isEnded() throws Exception {
    try (SilentServer server = new SilentServer(STALLED_ERROR);
        DynamoDbClient dynamoDb = clients("OM_DYNAMODB_ENDPOINT", server.url()).dynamoDb(SOON)) {
      long start = System.nanoTime();
      assertThatThrownBy(dynamoDb::listTables).isInstanceOf(SdkException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }
  }

  @Test
  void call_noAnswerWithinTheAttemptsTime_isAnIoException() throws Exception {
    try (SilentServer server = new SilentServer("");
        SdkTransport sdk =
            new SdkTransport(transport.connector(PATIENCE), SOON, Clock.systemUTC())) {
      assertThatThrownBy(() -> request(sdk, server).call()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void abort_fromAnotherThread_endsTheCall() throws Exception {
    try (SilentServer server = new SilentServer("");
        SdkTransport sdk =
            new SdkTransport(transport.connector(PATIENCE), PATIENCE, Clock.systemUTC())) {
      ExecutableHttpRequest request = request(sdk, server);
      Thread.ofVirtual()
          .start(
              () -> {
                server.awaitConnection();
                request.abort();
              });
      long start = System.nanoTime();
      assertThatThrownBy(request::call).isInstanceOf(IOException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }
  }

  private static ExecutableHttpRequest request(SdkTransport sdk, SilentServer server) {
    return sdk.prepareRequest(
        HttpExecuteRequest.builder()
            .request(SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(server.url()).build())
            .build());
  }

  private static AwsClients clients(String variable, URI endpoint) {
    return new AwsClients(new Environment(Map.of(variable, endpoint.toString())), transport);
  }

  /** Says what it was given, to each connection the next, to all others the last; then nothing. */
  private static final class SilentServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    SilentServer(String... says) throws IOException {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(
              () -> {
                while (true) {
                  try {
                    Socket socket = listener.accept();
                    int last = Math.min(sockets.size(), says.length - 1);
                    sockets.add(socket);
                    socket.getOutputStream().write(says[last].getBytes(UTF_8));
                  } catch (IOException e) {
                    return;
                  }
                }
              });
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    int connections() {
      return sockets.size();
    }

    void awaitConnection() {
      while (sockets.isEmpty()) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
