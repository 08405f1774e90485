package io.openmonetize.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.keys.Scope;
import io.openmonetize.lambda.MalformedPayloadException;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.logging.Log;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.Tables;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class IngestFunctionTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Nothing listens there: the port of a server that is gone. */
  private static URI nowhere;

  private static DynamoDbServer dynamoDbServer;
  private static DynamoDbClient dynamoDb;
  private static SqsServer sqsServer;
  private static SqsClient sqs;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private KeyTable keys;
  private String queueUrl;
  private String key;

  @BeforeAll
  static void startServers() throws Exception {
    dynamoDbServer = DynamoDbServer.start();
    dynamoDb = dynamoDbServer.client();
    sqsServer = SqsServer.start();
    sqs = sqsServer.client();
    try (PartialQueue gone = new PartialQueue("")) {
      nowhere = gone.endpoint();
    }
  }

  @AfterAll
  static void stopServers() {
    sqs.close();
    sqsServer.close();
    dynamoDb.close();
    dynamoDbServer.close();
  }

  @BeforeEach
  void createTablesAndQueue() {
    String name = UUID.randomUUID().toString();
    Tables tables = new Tables("control-" + name, "usage-" + name);
    tables.create(dynamoDb);
    keys = new KeyTable(dynamoDb, tables.control());
    queueUrl = sqs.createQueue(q -> q.queueName("usage-" + name)).queueUrl();
    key = addKey(Set.of(Scope.INGEST), null);
  }

  @AfterEach
  void keysStayOutOfTheLog() {
    assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(key);
  }

  @Test
  void ingest_goodBatch_is202AndInTheQueue() throws Exception {
    Reply answer = post(Requests.batch(Requests.event(1), Requests.event(2)));

    assertThat(answer.status()).isEqualTo(202);
    JsonNode body = Requests.parse(answer.body());
    assertThat(UUID.fromString(body.get("batch_id").asText())).isNotNull();
    assertThat(without(body, "batch_id", "processing_time_ms"))
        .isEqualTo(
            Requests.parse(
                "{\"accepted\":2,\"rejected\":0,\"duplicates\":0,\"status\":\"processing\","
                    + "\"errors\":[]}"));
    assertThat(body.get("processing_time_ms").isIntegralNumber()).isTrue();
    assertThat(queued())
        .extracting(UsageEvent::eventId)
        .containsExactlyInAnyOrder(
            Requests.event(1).get("event_id").asText(), Requests.event(2).get("event_id").asText());
  }

  @Test
  void ingest_thousandEvents_areAllTaken() {
    ObjectNode[] events = new ObjectNode[1000];
    for (int i = 0; i < events.length; i++) {
      events[i] = Requests.event(i);
    }

    assertThat(Requests.parse(post(Requests.batch(events)).body()).get("accepted").asInt())
        .isEqualTo(1000);
  }

  @Test
  void ingest_someBadEvents_takesTheOthersAndSaysWhy() throws Exception {
    ObjectNode noFeature = Requests.event(2);
    noFeature.remove("feature_id");
    ObjectNode noId = Requests.event(3);
    noId.remove("event_id");

    JsonNode body =
        Requests.parse(
            post(Requests.batch(Requests.event(1), noFeature, noId, Requests.JSON.nullNode()))
                .body());

    assertThat(body.get("accepted").asInt()).isEqualTo(1);
    assertThat(body.get("rejected").asInt()).isEqualTo(3);
    assertThat(body.get("errors"))
        .isEqualTo(
            Requests.parse(
                """
                [{"index":1,"event_id":"00000000-0000-4000-8000-000000000002",
                  "field":"feature_id","code":"INVALID","reason":"Required","retryable":false},
                 {"index":2,"field":"event_id","code":"INVALID","reason":"Required",
                  "retryable":false},
                 {"index":3,"code":"INVALID","reason":"Expected object, received null",
                  "retryable":false}]\
                """));
    assertThat(queued()).hasSize(1);
  }

  @Test
  void ingest_noGoodEvent_is400InTheKnownShape() {
    ObjectNode bad = Requests.event(1).put("event_id", "e1");

    Reply answer = post(Requests.batch(bad));

    assertThat(answer.status()).isEqualTo(400);
    JsonNode body = Requests.parse(answer.body());
    assertThat(body.get("error").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(body.get("message").asText()).isEqualTo("Invalid event batch format");
    assertThat(body.get("details"))
        .isEqualTo(
            Requests.parse(
                "{\"_errors\":[],\"events\":{\"_errors\":[],\"0\":{\"_errors\":[],"
                    + "\"event_id\":{\"_errors\":[\"Invalid uuid\"]}}}}"));
    assertThat(body.get("rejected").asInt()).isEqualTo(1);
    assertThat(body.get("errors")).hasSize(1);
    assertThat(body.get("request_id").asText()).isEqualTo(answer.header("x-om-request-id"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                | events | Required",
        "{\"events\":{}}   | events | Expected array, received object",
        "{\"events\":[]}   | events | Array must contain at least 1 element(s)",
        "[]                |        | Expected object, received array",
        "{\"events\":[     |        | Body is not valid JSON",
        "''                |        | Body is empty",
        "{} {}             |        | Body is not valid JSON"
      })
  void ingest_badBatch_is400(String body, String field, String reason) {
    Reply answer = post(body);

    assertThat(answer.status()).isEqualTo(400);
    JsonNode details = Requests.parse(answer.body()).get("details");
    JsonNode errors = field == null ? details : details.get(field);
    assertThat(errors.get("_errors").get(0).asText()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"feature_id\":\"chat\",\"feature_id\":\"search\" | feature_id",
        "\"feature_id\":\"chat\",\"metadata\":{\"a\":1,\"a\":1}  | metadata",
        "\"feature_id\":\"chat\",\"x\":[1,{\"a\":1,\"a\":1}]     | x"
      })
  void ingest_eventGivesAFieldTwice_isRefusedAlone(String fields, String field) {
    String twice = Requests.event(1).toString().replace("\"feature_id\":\"chat\"", fields);
    String body = "{\"events\":[%s,%s,%s]}".formatted(Requests.event(0), twice, Requests.event(2));

    JsonNode answer = Requests.parse(post(body).body());

    assertThat(answer.get("accepted").asInt()).isEqualTo(2);
    assertThat(answer.get("errors"))
        .isEqualTo(
            Requests.parse(
                """
                [{"index":1,"event_id":"00000000-0000-4000-8000-000000000001","field":"%s",
                  "code":"INVALID","reason":"Is given twice","retryable":false}]\
                """
                    .formatted(field)));
  }

  @Test
  void ingest_bodyGivesAFieldTwice_is400() {
    assertThat(post("{\"events\":[],\"events\":[1]}").status()).isEqualTo(400);
    assertThat(post("{\"events\":[1],\"x\":{\"a\":1,\"a\":1}}").status()).isEqualTo(400);
  }

  @Test
  void ingest_1001Events_is400() {
    ObjectNode[] events = new ObjectNode[1001];
    java.util.Arrays.fill(events, Requests.event(1));

    assertThat(post(Requests.batch(events)).status()).isEqualTo(400);
  }

  @Test
  void ingest_bodyOverTheLimit_is413() {
    Reply answer = post(" ".repeat(6 * 1024 * 1024 + 1));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(error(answer)).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @Test
  void ingest_base64Body_isDecoded() {
    String batch = Requests.batch(Requests.event(1).put("user_id", "Zoë"));
    Invocation request =
        Requests.of("POST", "/v1/events/ingest", Map.of("x-api-key", key), base64(batch), true);

    assertThat(handle(request).status()).isEqualTo(202);
    assertThat(queued().getFirst().attribution().userId()).isEqualTo("Zoë");
  }

  @Test
  void ingest_bearerKey_isTaken() {
    String batch = Requests.batch(Requests.event(1));

    assertThat(handle(request(Map.of("Authorization", "bearer " + key), batch)).status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "om_dev_", "Bearer"})
  void ingest_badKey_is401InTheKnownShape(String bad) {
    Reply answer = handle(request(Map.of("x-api-key", bad), Requests.batch(Requests.event(1))));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(without(Requests.parse(answer.body()), "request_id"))
        .isEqualTo(
            Requests.parse(
                "{\"error\":\"UNAUTHORIZED\",\"message\":\"Invalid or missing API key\"}"));
  }

  @Test
  void ingest_olderThanEventsAreKept_isRefusedWithTheReason() {
    IngestFunction function = function(keys, sqs, queueUrl, new Retention(30));
    String batch = Requests.batch(Requests.event(1).put("timestamp", "2026-05-01T00:00:00Z"));

    Reply answer = answer(function, request(Map.of("x-api-key", key), batch));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Requests.parse(answer.body()).at("/errors/0/reason").asText())
        .isEqualTo("Must not be more than 30 days in the past: for so long are events kept");
  }

  @Test
  void ingest_noHeadersAtAll_is401() {
    assertThat(handle(request(null, Requests.batch(Requests.event(1)))).status()).isEqualTo(401);
  }

  @Test
  void ingest_unknownOrRevokedKey_is401() {
    keys.list().forEach(k -> keys.revoke(k.id(), NOW));
    String unknown = KeyText.random("dev", RANDOM).reveal();

    for (String bad : List.of(key, unknown, KeyText.random("live", RANDOM).reveal())) {
      assertThat(handle(request(Map.of("x-api-key", bad), "{}")).status()).isEqualTo(401);
    }
  }

  @Test
  void ingest_keyWithoutTheScope_is403() {
    String reader = addKey(Set.of(Scope.READ, Scope.PROXY), null);

    Reply answer = handle(request(Map.of("x-api-key", reader), "{}"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(error(answer)).isEqualTo("FORBIDDEN");
  }

  @Test
  void ingest_keyStoreDown_is503() {
    try (DynamoDbClient down = clients("OM_DYNAMODB_ENDPOINT", nowhere).dynamoDb(SHORT)) {
      IngestFunction function = function(new KeyTable(down, "control"), sqs, queueUrl);

      Reply answer = answer(function, request(Map.of("x-api-key", key), "{}"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(error(answer)).isEqualTo("SERVICE_UNAVAILABLE");
    }
  }

  @Test
  void ingest_boundKeyAndForeignCustomersOnly_is403InTheKnownShape() {
    String bound = addKey(Set.of(Scope.INGEST), "globex");

    Reply answer = handle(request(Map.of("x-api-key", bound), Requests.batch(Requests.event(1))));

    assertThat(answer.status()).isEqualTo(403);
    JsonNode body = Requests.parse(answer.body());
    assertThat(body.get("error").asText()).isEqualTo("FORBIDDEN");
    assertThat(body.get("message").asText())
        .isEqualTo(
            "Events contain invalid customer_id. All events must belong to the authenticated"
                + " customer.");
  }

  @Test
  void ingest_boundKeyAndSomeForeignCustomers_takesItsOwn() {
    String bound = addKey(Set.of(Scope.INGEST), "globex");
    String batch =
        Requests.batch(Requests.event(1), Requests.event(2).put("customer_id", "globex"));

    JsonNode body = Requests.parse(handle(request(Map.of("x-api-key", bound), batch)).body());

    assertThat(body.get("accepted").asInt()).isEqualTo(1);
    assertThat(body.at("/errors/0/code").asText()).isEqualTo("FORBIDDEN");
    assertThat(queued()).extracting(e -> e.attribution().customerId()).containsExactly("globex");
  }

  @Test
  void ingest_repetitionInTheBatch_isADuplicate() {
    JsonNode body =
        Requests.parse(
            post(Requests.batch(Requests.event(1), Requests.event(1), Requests.event(2))).body());

    assertThat(body.get("accepted").asInt()).isEqualTo(2);
    assertThat(body.get("duplicates").asInt()).isEqualTo(1);
    assertThat(queued()).hasSize(2);
  }

  @Test
  void ingest_contradictionInTheBatch_isRejected() {
    JsonNode body =
        Requests.parse(
            post(Requests.batch(Requests.event(1), Requests.event(1).put("input_tokens", 13)))
                .body());

    assertThat(body.get("accepted").asInt()).isEqualTo(1);
    assertThat(body.at("/errors/0/reason").asText()).contains("same identity");
  }

  @Test
  void ingest_queueDown_is503AndRetryable() {
    try (SqsClient down = clients("OM_SQS_ENDPOINT", nowhere).sqs(SHORT)) {
      IngestFunction function = function(keys, down, nowhere + "/queue");

      Reply answer =
          answer(function, request(Map.of("x-api-key", key), Requests.batch(Requests.event(1))));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(Requests.parse(answer.body()).at("/errors/0/retryable").asBoolean()).isTrue();
      assertThat(logged.toString(StandardCharsets.UTF_8))
          .contains("\"queue.refused\"", "\"cause\":\"software.amazon.awssdk.");
    }
  }

  @Test
  void ingest_queueRefusesSome_is202AndListsThemAsRetryable() throws Exception {
    try (PartialQueue queue = new PartialQueue("refused-user");
        SqsClient client = clients("OM_SQS_ENDPOINT", queue.endpoint()).sqs(SHORT)) {
      IngestFunction function = function(keys, client, queue.endpoint() + "/queue");
      String batch =
          Requests.batch(Requests.event(1), Requests.event(2).put("user_id", "refused-user"));

      Reply answer = answer(function, request(Map.of("x-api-key", key), batch));

      assertThat(answer.status()).isEqualTo(202);
      JsonNode body = Requests.parse(answer.body());
      assertThat(body.get("accepted").asInt()).isEqualTo(1);
      assertThat(body.get("errors"))
          .isEqualTo(
              Requests.parse(
                  """
                  [{"index":1,"event_id":"00000000-0000-4000-8000-000000000002",
                    "code":"QUEUE_UNAVAILABLE","reason":"Could not be queued; send it again",
                    "retryable":true}]\
                  """));
      assertThat(logged.toString(StandardCharsets.UTF_8))
          .contains("\"queue.refused\",\"cause\":\"InternalError\",\"events\":1")
          .doesNotContain("refused-user");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /health, 200",
    "HEAD, /health, 200",
    "POST, /health, 200",
    "GET, /ready, 200",
    "GET, /v1/info, 200",
    "GET, /v1/events/ingest, 405",
    "DELETE, /health, 405",
    "POST, /v1/events, 404",
    "GET, /, 404"
  })
  void route_methodAndPath_haveTheirStatus(String method, String path, int status) {
    assertThat(handle(Requests.of(method, path, Map.of(), null)).status()).isEqualTo(status);
  }

  @Test
  void ready_queueDown_is503() {
    try (SqsClient down = clients("OM_SQS_ENDPOINT", nowhere).sqs(SHORT)) {
      Reply answer =
          answer(
              function(keys, down, nowhere + "/queue"),
              Requests.of("GET", "/ready", Map.of(), null));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(Requests.parse(answer.body()).at("/services"))
          .isEqualTo(Requests.parse("{\"database\":\"connected\",\"queue\":\"unavailable\"}"));
    }
  }

  private static final Duration SHORT = Duration.ofSeconds(5);

  private static AwsClients clients(String variable, URI endpoint) {
    return new AwsClients(new Environment(Map.of(variable, endpoint.toString())));
  }

  private IngestFunction function(KeyTable table, SqsClient client, String url) {
    return function(table, client, url, Retention.FOR_EVER);
  }

  private IngestFunction function(
      KeyTable table, SqsClient client, String url, Retention retention) {
    Log log = new Log(logged, Log.Level.DEBUG, CLOCK);
    return new IngestFunction(
        new KeyVerifier("dev", table, CLOCK),
        new UsageQueue(client, url, log),
        new Readiness(table, client, url),
        retention,
        CLOCK,
        log);
  }

  private Reply post(String body) {
    return handle(request(Map.of("x-api-key", key), body));
  }

  private Reply handle(Invocation request) {
    return answer(function(keys, sqs, queueUrl), request);
  }

  private static Reply answer(IngestFunction function, Invocation request) {
    try {
      return Reply.of(function.answer(request));
    } catch (MalformedPayloadException e) {
      throw new AssertionError(e);
    }
  }

  private static Invocation request(Map<String, String> headers, String body) {
    return Requests.of("POST", "/v1/events/ingest", headers, body);
  }

  private String addKey(Set<Scope> scopes, String customerId) {
    KeyText text = KeyText.random("dev", RANDOM);
    String id = UUID.randomUUID().toString();
    keys.add(
        new ApiKey(id, "test", text.prefix(), "dev", scopes, customerId, NOW, "test", null, null),
        text);
    return text.reveal();
  }

  private List<UsageEvent> queued() {
    List<UsageEvent> events = new ArrayList<>();
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        return events;
      }
      for (Message message : messages) {
        events.add(parse(message.body()));
      }
    }
  }

  private static UsageEvent parse(String body) {
    try {
      return UsageEventJson.read(body);
    } catch (io.openmonetize.events.MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode without(JsonNode body, String... fields) {
    return ((ObjectNode) body.deepCopy()).remove(List.of(fields));
  }

  private static String error(Reply answer) {
    return Requests.parse(answer.body()).get("error").asText();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
