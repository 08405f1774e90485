package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Tables;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The function as it is made from its environment, with a real DynamoDB and a real SQS server. */
final class ProxyFunctionTest {
  private static final KeyText KEY = KeyText.random("dev", new SecureRandom());

  private static DynamoDbServer dynamoDb;
  private static SqsServer sqs;
  private static FakeProvider provider;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbServer.start();
    sqs = SqsServer.start();
    provider = FakeProvider.start((head, body) -> Script.json(200, Bodies.ANTHROPIC_MESSAGE));
    try (var client = dynamoDb.client()) {
      new Tables("control", "usage").create(client);
      new KeyTable(client, "control")
          .add(
              new ApiKey(
                  "key_1",
                  "test",
                  KEY.prefix(),
                  "dev",
                  Set.of(Scope.PROXY),
                  null,
                  Instant.parse("2026-11-24T08:00:00Z"),
                  "op",
                  null,
                  null),
              KEY);
    }
  }

  @AfterAll
  static void stop() {
    provider.close();
    sqs.close();
    dynamoDb.close();
  }

  @Test
  void handle_goodKey_forwardsAndQueuesTheEvent() throws Exception {
    try (SqsClient client = sqs.client()) {
      String queue = client.createQueue(q -> q.queueName("usage")).queueUrl();
      try (ProxyFunction function = function(environment(queue))) {
        RecordingResponder answer = call(function, ready(KEY.reveal()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(Bodies.ANTHROPIC_MESSAGE);
        UsageEvent event = UsageEventJson.read(onlyMessage(client, queue).body());
        assertThat(event.identity())
            .isEqualTo(new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_01"));
        assertThat(event.eventId()).isEqualTo(answer.header("x-om-request-id"));
        assertThat(event.usage().status()).isEqualTo(UsageStatus.EXACT);
        assertThat(event.apiKeyId()).isEqualTo("key_1");
        assertThat(call(function, Request.of("GET", "/health/ready")).text())
            .contains("\"status\":\"ready\"");
      }
    }
  }

  @Test
  void handle_unknownKey_is401() throws Exception {
    try (ProxyFunction function = function(environment("http://127.0.0.1:9/q"))) {
      String unknown = KeyText.random("dev", new SecureRandom()).reveal();
      assertThat(call(function, ready(unknown)).status()).isEqualTo(401);
    }
  }

  @Test
  void handle_queueUnreachable_callerNoticesNothingAndTheLogHasTheEvent() throws Exception {
    Map<String, String> variables = environment("http://127.0.0.1:9/000000000000/usage");
    variables.put("OM_SQS_ENDPOINT", "http://127.0.0.1:9");
    try (ProxyFunction function = function(variables)) {
      RecordingResponder answer = call(function, ready(KEY.reveal()));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo(Bodies.ANTHROPIC_MESSAGE);
      assertThat(logged.toString())
          .contains("\"event\":\"usage.record\"")
          .contains("\"event\":\"usage.enqueue_failed\"");
      RecordingResponder ready = call(function, Request.of("GET", "/health/ready"));
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.text())
          .contains("\"usage_queue\":\"down\"")
          .contains("\"key_store\":\"ok\"");
    }
  }

  @Test
  void handle_keyStoreUnreachable_is503() throws Exception {
    Map<String, String> variables = environment("http://127.0.0.1:9/q");
    variables.put("OM_DYNAMODB_ENDPOINT", "http://127.0.0.1:9");
    try (ProxyFunction function = function(variables)) {
      assertThat(call(function, ready(KEY.reveal())).status()).isEqualTo(503);
    }
  }

  @Test
  void create_badSetting_namesTheVariable() {
    for (Map.Entry<String, String> bad :
        Map.of(
                "OM_ON_CALLER_GONE", "leave",
                "OM_UPSTREAM_TIMEOUT_MS", "soon",
                "OM_STAGE", "x",
                "ANTHROPIC_BASE_URL", "api.anthropic.com",
                "OM_CONTROL_TABLE", "")
            .entrySet()) {
      Map<String, String> variables = environment("http://127.0.0.1:9/q");
      variables.put(bad.getKey(), bad.getValue());
      assertThatThrownBy(() -> function(variables))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(bad.getKey());
    }
  }

  private static Map<String, String> environment(String queueUrl) {
    Map<String, String> variables = new HashMap<>();
    variables.put("OM_STAGE", "dev");
    variables.put("OM_CONTROL_TABLE", "control");
    variables.put("OM_USAGE_QUEUE_URL", queueUrl);
    variables.put("OM_DYNAMODB_ENDPOINT", dynamoDb.endpoint().toString());
    variables.put("OM_SQS_ENDPOINT", sqs.endpoint().toString());
    variables.put("ANTHROPIC_BASE_URL", provider.baseUrl().toString());
    return variables;
  }

  private ProxyFunction function(Map<String, String> variables) {
    Clock clock = Clock.systemUTC();
    return ProxyFunction.create(
        new Environment(variables), clock, new Log(logged, Log.Level.INFO, clock));
  }

  private static Request ready(String key) {
    return Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST)
        .with("x-om-customer-id", "acme")
        .with("x-om-user-id", "u")
        .with("x-om-feature-id", "f")
        .with("x-om-api-key", key);
  }

  private static RecordingResponder call(ProxyFunction function, Request request) {
    RecordingResponder responder = new RecordingResponder();
    function.handle(
        new Invocation("inv", Instant.now().plusSeconds(780), null, null, request.event()),
        responder);
    return responder;
  }

  private static Message onlyMessage(SqsClient client, String queue) {
    List<Message> messages =
        client.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(10)).messages();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }
}
