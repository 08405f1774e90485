package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Tables;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The start as Lambda sees it, with a real DynamoDB and a real SQS server. */
@Timeout(120)
final class PreparationTest {
  private static final KeyText KEY = KeyText.random("dev", new SecureRandom());

  private static DynamoDbServer dynamoDb;
  private static SqsServer sqs;
  private static String queue;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private CountingProvider provider;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbServer.start();
    sqs = SqsServer.start();
    try (var client = dynamoDb.client();
        SqsClient queues = sqs.client()) {
      queue = queues.createQueue(q -> q.queueName("usage")).queueUrl();
      new Tables("control", "usage").create(client);
      Instant made = Instant.parse("2026-11-24T08:00:00Z");
      Set<Scope> scopes = Set.of(Scope.PROXY);
      new KeyTable(client, "control")
          .add(
              new ApiKey(
                  "key_1", "test", KEY.prefix(), "dev", scopes, null, made, "op", null, null),
              KEY);
    }
  }

  @AfterAll
  static void stop() {
    sqs.close();
    dynamoDb.close();
  }

  @BeforeEach
  void startProvider() throws Exception {
    provider = new CountingProvider();
  }

  @AfterEach
  void stopProvider() throws Exception {
    provider.close();
  }

  @Test
  void prepare_neighboursThere_booksLogsAndSendsNothing() throws Exception {
    int queuedBefore = queued();
    PrintStream out = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    try (ProxyFunction function = function(Map.of())) {
      function.prepare();
      provider.awaitConnections(3);
    } finally {
      System.setOut(out);
    }
    assertThat(written.size()).isZero();
    assertThat(logged.size()).isZero();
    assertThat(provider.requests()).isZero();
    assertThat(queued()).isEqualTo(queuedBefore);
  }

  @Test
  void prepare_thenCall_usesTheConnectionThatWasOpened() throws Exception {
    try (ProxyFunction function = function(Map.of("OM_CONNECT_AHEAD", "anthropic"))) {
      function.prepare();
      provider.awaitConnections(1);
      assertThat(call(function).status()).isEqualTo(200);
      assertThat(provider.connections()).isEqualTo(1);
    }
  }

  /** As after a time in which Lambda had the process frozen. */
  @Test
  void prepare_providerEndsTheConnection_firstCallIsSentOnceOnANewOne() throws Exception {
    try (ProxyFunction function = function(Map.of("OM_CONNECT_AHEAD", "anthropic"))) {
      function.prepare();
      provider.awaitConnections(1);
      provider.dropAll();
      assertThat(call(function).status()).isEqualTo(200);
      assertThat(provider.connections()).isEqualTo(2);
      assertThat(provider.requests()).isEqualTo(1);
    }
  }

  @Test
  void prepare_none_opensNoConnection() throws Exception {
    try (ProxyFunction function = function(Map.of("OM_CONNECT_AHEAD", "none"))) {
      function.prepare();
      assertThat(provider.connections()).isZero();
    }
  }

  @Test
  void prepare_nobodyThere_isADebugLineForEach() throws Exception {
    String nowhere = "http://127.0.0.1:9";
    Map<String, String> variables =
        Map.of(
            "OM_DYNAMODB_ENDPOINT", nowhere,
            "OM_SQS_ENDPOINT", nowhere,
            "ANTHROPIC_BASE_URL", nowhere,
            "OM_CONNECT_AHEAD", "anthropic");
    try (ProxyFunction function = function(variables)) {
      function.prepare();
    }
    assertThat(logged.toString(UTF_8).lines())
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("\"level\":\"DEBUG\"")
                    .contains("\"event\":\"preparation.failed\""));
  }

  @Test
  void create_unknownProviderAhead_namesTheVariable() {
    assertThatThrownBy(() -> function(Map.of("OM_CONNECT_AHEAD", "openai,mistral")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("OM_CONNECT_AHEAD");
  }

  private ProxyFunction function(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("OM_STAGE", "dev");
    variables.put("OM_CONTROL_TABLE", "control");
    variables.put("OM_USAGE_QUEUE_URL", queue);
    variables.put("OM_DYNAMODB_ENDPOINT", dynamoDb.endpoint().toString());
    variables.put("OM_SQS_ENDPOINT", sqs.endpoint().toString());
    variables.put("ANTHROPIC_BASE_URL", provider.url());
    variables.put("OPENAI_BASE_URL", provider.url());
    variables.put("GEMINI_BASE_URL", provider.url());
    variables.putAll(more);
    Clock clock = Clock.systemUTC();
    return ProxyFunction.create(
        new Environment(variables), clock, new Log(logged, Log.Level.DEBUG, clock));
  }

  private static RecordingResponder call(ProxyFunction function) {
    Request request =
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST)
            .with("x-om-customer-id", "acme")
            .with("x-om-user-id", "u")
            .with("x-om-feature-id", "f")
            .with("x-om-api-key", KEY.reveal());
    RecordingResponder responder = new RecordingResponder();
    Instant deadline = Instant.now().plus(Duration.ofMinutes(13));
    function.handle(new Invocation("inv", deadline, null, null, request.event()), responder);
    return responder;
  }

  private static int queued() {
    try (SqsClient client = sqs.client()) {
      Map<QueueAttributeName, String> counts =
          client
              .getQueueAttributes(
                  ask ->
                      ask.queueUrl(queue)
                          .attributeNames(
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
              .attributes();
      return counts.values().stream().mapToInt(Integer::parseInt).sum();
    }
  }
}
