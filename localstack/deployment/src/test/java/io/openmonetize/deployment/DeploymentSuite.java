package io.openmonetize.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.deployment.Provisioner.Provisioned;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.logging.Log;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.storage.KeyTable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The resources of the synthesized templates on one server, and our handlers on these. What is
 * {@code core} no server may lack; of the rest the table says what it could not do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class DeploymentSuite {
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);
  private static final String OPERATOR = "suite";
  private static final String PASSWORD = UUID.randomUUID().toString();

  private Checks checks = new Checks("nothing");
  private @Nullable Provisioned provisioned;
  private CloudAssembly assembly;
  private References references;
  private DynamoDbClient dynamoDb;
  private SqsClient sqs;
  private LambdaClient lambda;
  private DrivenSystem system;
  private ApiClient client;
  private String apiKey;

  /** Starts or finds the server, or skips the suite with a reason. */
  abstract AwsServer server() throws Exception;

  /** After all else; does nothing for a server that was not started here. */
  abstract void stopServer();

  /** Of the kind of server, for the table and for files. */
  abstract String kind();

  @BeforeAll
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void provision() throws Exception {
    AwsServer server = server();
    checks = new Checks(kind() + " at " + server.endpoint());
    assembly = Synthesis.run(Path.of("target", "cdk.out-" + kind()));
    provisioned = Provisioning.on(server, assembly, checks);
    references = provisioned.references();
    dynamoDb = server.dynamoDb();
    sqs = server.sqs();
    lambda = server.lambda();
    deployed().pauseEventSources();
    Log log = Log.to(System.err, Log.Level.of("ERROR"));
    system = new DrivenSystem(server, assembly, references, log);
    apiKey = plantKey();
    client = new ApiClient(system.apiUrl(), system.proxyUrl(), apiKey);
  }

  @AfterAll
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void cleanUpAndTell() {
    if (client != null) {
      client.close();
      system.close();
      lambda.close();
      sqs.close();
      dynamoDb.close();
    }
    try {
      if (provisioned != null) {
        provisioned.close();
      }
    } finally {
      stopServer();
      if (assembly != null) {
        System.out.print(checks.table());
      }
    }
  }

  @Test
  void tables_keysIndexesAndBilling_areAsDeclared() throws Exception {
    checks.core(
        "tables: keys, indexes, billing as declared",
        () -> {
          for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
            checkTable(table);
          }
          return assembly.resources(CloudAssembly.TABLE).size() + " tables";
        });
  }

  @Test
  void tables_expiry_isOnTheDeclaredAttribute() throws Exception {
    checks.optional(
        "tables: time to live as declared",
        () -> {
          for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
            var expiry = DeclaredTable.expiry(table.properties()).orElseThrow();
            var there =
                dynamoDb
                    .describeTimeToLive(t -> t.tableName(reference(table)))
                    .timeToLiveDescription();
            assertThat(there.attributeName()).isEqualTo(expiry.attributeName());
            assertThat(there.timeToLiveStatusAsString()).isIn("ENABLED", "ENABLING");
          }
          return "";
        });
  }

  @Test
  void table_putTwiceUnderACondition_givesTheFirstBack() throws Exception {
    checks.core(
        "tables: conditional put, and what it met",
        () -> {
          for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
            Map<String, AttributeValue> item = item(table);
            Map<String, AttributeValue> again = new HashMap<>(item);
            again.put("n", AttributeValue.fromN("2"));
            put(table, item);
            assertThatThrownBy(() -> put(table, again))
                .isInstanceOfSatisfying(
                    ConditionalCheckFailedException.class,
                    met -> assertThat(met.item()).isEqualTo(item));
            assertThat(get(table, item)).isEqualTo(item);
          }
          return "";
        });
  }

  @Test
  void table_transactionOfWhichOnePartFails_changesNothing() throws Exception {
    checks.core(
        "tables: transaction, all or nothing",
        () -> {
          for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
            Map<String, AttributeValue> first = item(table);
            Map<String, AttributeValue> second = item(table);
            dynamoDb.transactWriteItems(t -> t.transactItems(write(table, first)));
            assertThatThrownBy(
                    () ->
                        dynamoDb.transactWriteItems(
                            t -> t.transactItems(write(table, second), write(table, first))))
                .isInstanceOfSatisfying(
                    TransactionCanceledException.class,
                    cancelled ->
                        assertThat(cancelled.cancellationReasons())
                            .map(reason -> reason.code())
                            .containsExactly("None", "ConditionalCheckFailed"));
            assertThat(get(table, second)).isEmpty();
          }
          return "";
        });
  }

  @Test
  void table_eachIndex_findsAnItemByItsKey() throws Exception {
    checks.core(
        "tables: query by key and by each index",
        () -> {
          List<String> names = new ArrayList<>();
          for (Resource table : assembly.resources(CloudAssembly.TABLE)) {
            Map<String, AttributeValue> item = item(table);
            put(table, item);
            List<KeySchemaElement> key = DeclaredTable.key(table.properties());
            await(() -> query(table, null, key, item).equals(List.of(item)));
            for (GlobalSecondaryIndex index : DeclaredTable.indexes(table.properties())) {
              names.add(index.indexName());
              await(() -> query(table, index.indexName(), index.keySchema(), item).contains(item));
            }
          }
          return String.join(", ", names);
        });
  }

  @Test
  void queues_attributes_areAsDeclared() throws Exception {
    checks.core(
        "queues: attributes and redrive policy as declared",
        () -> {
          List<String> unsaid = new ArrayList<>();
          for (Resource queue : assembly.resources(CloudAssembly.QUEUE)) {
            Map<String, String> there =
                sqs.getQueueAttributes(
                        a -> a.queueUrl(reference(queue)).attributeNames(QueueAttributeName.ALL))
                    .attributesAsStrings();
            Map<String, String> declared =
                DeclaredQueue.attributes(queue, references).orElseThrow();
            for (Map.Entry<String, String> attribute : declared.entrySet()) {
              String value = there.get(attribute.getKey());
              if (value == null && !attribute.getKey().equals(DeclaredQueue.REDRIVE)) {
                unsaid.add(attribute.getKey());
              } else {
                assertThat(CloudAssembly.JSON.readTree(value))
                    .as(attribute.getKey())
                    .isEqualTo(CloudAssembly.JSON.readTree(attribute.getValue()));
              }
            }
          }
          return unsaid.isEmpty() ? "" : "the server does not tell " + new HashSet<>(unsaid);
        });
  }

  @Test
  void queue_messageOfAGroupLaterThanOthers_comesOnce() throws Exception {
    checks.core(
        "queues: send, receive, delete",
        () -> {
          for (Resource queue : assembly.resources(CloudAssembly.QUEUE)) {
            String url = reference(queue);
            String body = UUID.randomUUID().toString();
            sqs.sendMessage(m -> m.queueUrl(url).messageBody(body));
            await(() -> take(url).contains(body));
            assertThat(take(url)).doesNotContain(body);
          }
          return "";
        });
  }

  @Test
  void queue_messageGroupOnAStandardQueue_isTaken() throws Exception {
    checks.optional(
        "queues: fair queueing by message group",
        () -> {
          String body = UUID.randomUUID().toString();
          sqs.sendMessage(
              m -> m.queueUrl(system.queueUrl()).messageBody(body).messageGroupId("customer"));
          await(() -> take(system.queueUrl()).contains(body));
          return "";
        });
  }

  @Test
  void queue_delayedMessage_comesLater() throws Exception {
    checks.optional(
        "queues: delayed message",
        () -> {
          String body = UUID.randomUUID().toString();
          Instant sent = Instant.now();
          sqs.sendMessage(m -> m.queueUrl(system.queueUrl()).messageBody(body).delaySeconds(2));
          await(() -> take(system.queueUrl()).contains(body));
          assertThat(Duration.between(sent, Instant.now())).isGreaterThan(Duration.ofMillis(1500));
          return "";
        });
  }

  @Test
  void queue_messageReceivedTooOften_isMovedByTheServer() throws Exception {
    checks.optional(
        "queues: the server's own redrive to the dead letters",
        () -> {
          String body = UUID.randomUUID().toString();
          DeadLetters letters = DeadLetters.of(sqs, system.queueUrl()).orElseThrow();
          try (QueueLimits _ = QueueLimits.shorten(sqs, system.queueUrl(), 2, 0)) {
            sqs.sendMessage(m -> m.queueUrl(system.queueUrl()).messageBody(body));
            await(
                () -> {
                  receive(system.queueUrl());
                  return take(letters.url()).contains(body);
                });
          }
          return "";
        });
  }

  @Test
  void functions_handlerRuntimeAndVariables_areAsDeclared() throws Exception {
    checks.optional("Lambda: functions as declared", () -> deployed().checkFunctions());
  }

  @Test
  void functions_eventSource_isAsDeclared() throws Exception {
    checks.optional("Lambda: event source as declared", () -> deployed().checkEventSources());
  }

  @Test
  void call_withoutARight_isRefused() throws Exception {
    checks.core(
        "IAM: what a role may not do is refused",
        () -> {
          String usage = system.variable("OM_USAGE_TABLE");
          try (RightsGate gate = system.proxysGate();
              DynamoDbClient proxys = new AwsServer(gate.endpoint()).dynamoDb()) {
            assertThatThrownBy(() -> proxys.scan(s -> s.tableName(usage)))
                .isInstanceOfSatisfying(
                    DynamoDbException.class,
                    e ->
                        assertThat(e.awsErrorDetails().errorCode())
                            .isEqualTo("AccessDeniedException"));
            assertThat(gate.refused())
                .extracting(Rights.Right::action)
                .containsExactly("dynamodb:Scan");
          }
          return "by our own gate, after the template's policies";
        });
  }

  @Test
  void event_reportedTwice_isBookedOnceAndExpires() throws Exception {
    checks.core(
        "event: ingestion, queue, worker, tables, query",
        () -> {
          String customer = customer();
          ObjectNode event = ApiClient.event(customer);
          client.report(event, ApiClient.event(customer));
          client.report(event);
          try (var _ = system.startWorker(Map.of())) {
            client.awaitEvents(customer, events -> events.size() == 2);
            await(() -> waiting(system.queueUrl()) == 0);
          }
          JsonNode events = client.events(customer);
          assertThat(events).hasSize(2);
          assertThat(events.get(0).path("input_tokens").asInt()).isEqualTo(1000);
          checkExpiry(customer);
          assertThat(system.refused()).isEmpty();
          return "reported twice, booked once, expires";
        });
  }

  @Test
  void call_streamedThroughTheProxy_isBooked() throws Exception {
    checks.core(
        "proxy: key looked up, usage enqueued and booked",
        () -> {
          String customer = customer();
          var answer = client.message(customer, apiKey);
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          assertThat(answer.body()).contains("message_stop");
          var unknown =
              client.message(
                  customer, KeyText.random(stage().environment(), new SecureRandom()).reveal());
          assertThat(unknown.statusCode()).isEqualTo(401);
          JsonNode event;
          try (var _ = system.startWorker(Map.of())) {
            event = client.awaitEvents(customer, events -> events.size() == 1).get(0);
          }
          assertThat(event.path("source").asText()).isEqualTo("proxy");
          assertThat(event.path("output_tokens").asInt()).isPositive();
          assertThat(system.refused()).isEmpty();
          return "streamed by our own host; no emulator's function URL streams";
        });
  }

  @Test
  void batch_ofWhichSomeFail_leadsToDeadLettersAndIsBookedAfterRedrive() throws Exception {
    checks.core(
        "worker: partial failure, dead letters, redrive",
        () -> {
          String customer = customer();
          String unreadable = "{\"unreadable\":\"" + customer + "\"}";
          String cookie = client.signIn(OPERATOR, PASSWORD);
          try (var _ = QueueLimits.shorten(sqs, system.queueUrl(), 2, 2)) {
            sqs.sendMessage(m -> m.queueUrl(system.queueUrl()).messageBody(unreadable));
            client.report(ApiClient.event(customer));
            // The one is given up at once; the other fails, comes again, and is given up then.
            try (var _ = system.startWorker(Map.of("OM_USAGE_TABLE", "no-such-table"))) {
              await(() -> client.deadLetters(cookie).size() == 2);
            }
          }
          assertThat(client.deadLetters(cookie))
              .anySatisfy(letter -> assertThat(letter.path("attempts").asInt()).isEqualTo(1))
              .anySatisfy(letter -> assertThat(letter.path("attempts").asInt()).isEqualTo(2));
          assertThat(client.events(customer)).isEmpty();
          client.redriveAll(cookie);
          try (var _ = system.startWorker(Map.of())) {
            client.awaitEvents(customer, events -> events.size() == 1);
            await(() -> client.deadLetters(cookie).size() == 1);
          }
          DeadLetters letters = DeadLetters.of(sqs, system.queueUrl()).orElseThrow();
          await(() -> take(letters.url()).contains(unreadable));
          assertThat(system.refused()).isEmpty();
          return "given up with a cause, redriven by the operator, booked";
        });
  }

  private void checkTable(Resource table) {
    TableDescription there = dynamoDb.describeTable(t -> t.tableName(reference(table))).table();
    JsonNode declared = table.properties();
    assertThat(there.keySchema()).isEqualTo(DeclaredTable.key(declared));
    assertThat(there.attributeDefinitions())
        .containsExactlyInAnyOrderElementsOf(DeclaredTable.attributes(declared));
    assertThat(there.billingModeSummary().billingModeAsString())
        .isEqualTo(declared.path("BillingMode").asText());
    assertThat(there.globalSecondaryIndexes())
        .map(
            index ->
                GlobalSecondaryIndex.builder()
                    .indexName(index.indexName())
                    .keySchema(index.keySchema())
                    .projection(p -> p.projectionType(index.projection().projectionType()))
                    .build())
        .containsExactlyInAnyOrderElementsOf(DeclaredTable.indexes(declared));
  }

  /** Every item of an event carries when it expires, in the attribute that the table declares. */
  private void checkExpiry(String customer) {
    Resource usage = table(system.variable("OM_USAGE_TABLE"));
    String attribute = DeclaredTable.expiry(usage.properties()).orElseThrow().attributeName();
    List<Map<String, AttributeValue>> events = new ArrayList<>();
    dynamoDb
        .scanPaginator(s -> s.tableName(reference(usage)))
        .items()
        .forEach(
            item -> {
              String key = item.get("pk").s();
              if (key.startsWith("EVENT") && key.contains(customer)) {
                events.add(item);
              }
            });
    assertThat(events)
        .hasSize(2)
        .allSatisfy(
            item ->
                assertThat(Long.parseLong(item.get(attribute).n()))
                    .isGreaterThan(Instant.now().getEpochSecond()));
  }

  private String plantKey() {
    KeyText text = KeyText.random(stage().environment(), new SecureRandom());
    String control = system.variable("OM_CONTROL_TABLE");
    Clock clock = Clock.systemUTC();
    new KeyTable(dynamoDb, control)
        .add(
            new ApiKey(
                UUID.randomUUID().toString(),
                "suite",
                text.prefix(),
                text.environment(),
                EnumSet.allOf(Scope.class),
                null,
                clock.instant(),
                "suite",
                null,
                null),
            text);
    OperatorAccounts.create(dynamoDb, control, clock, new SecureRandom(), "suite")
        .ensure(OPERATOR, PASSWORD);
    return text.reveal();
  }

  private Stage stage() {
    return Stage.of(new Environment(Map.of("OM_STAGE", system.variable("OM_STAGE"))));
  }

  private DeployedFunctions deployed() {
    return new DeployedFunctions(lambda, assembly, references);
  }

  private Resource table(String name) {
    return assembly.resources(CloudAssembly.TABLE).stream()
        .filter(table -> reference(table).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String reference(Resource resource) {
    return references.of(resource).reference();
  }

  private static String customer() {
    return "customer-" + UUID.randomUUID();
  }

  /** With all keys that the table declares, its indexes' too. */
  private static Map<String, AttributeValue> item(Resource table) {
    Map<String, AttributeValue> item = new HashMap<>();
    for (var attribute : DeclaredTable.attributes(table.properties())) {
      item.put(attribute.attributeName(), AttributeValue.fromS("SUITE#" + UUID.randomUUID()));
    }
    item.put("n", AttributeValue.fromN("1"));
    return item;
  }

  private void put(Resource table, Map<String, AttributeValue> item) {
    dynamoDb.putItem(
        p ->
            p.tableName(reference(table))
                .item(item)
                .conditionExpression("attribute_not_exists(#key)")
                .expressionAttributeNames(Map.of("#key", partitionKey(table)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
  }

  private TransactWriteItem write(Resource table, Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            p ->
                p.tableName(reference(table))
                    .item(item)
                    .conditionExpression("attribute_not_exists(#key)")
                    .expressionAttributeNames(Map.of("#key", partitionKey(table))))
        .build();
  }

  private Map<String, AttributeValue> get(Resource table, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>();
    for (KeySchemaElement element : DeclaredTable.key(table.properties())) {
      key.put(element.attributeName(), item.get(element.attributeName()));
    }
    return dynamoDb
        .getItem(g -> g.tableName(reference(table)).key(key).consistentRead(true))
        .item();
  }

  private List<Map<String, AttributeValue>> query(
      Resource table,
      @Nullable String index,
      List<KeySchemaElement> key,
      Map<String, AttributeValue> item) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    List<String> conditions = new ArrayList<>();
    for (KeySchemaElement element : key) {
      String place = Integer.toString(conditions.size());
      names.put("#" + place, element.attributeName());
      values.put(":" + place, item.get(element.attributeName()));
      conditions.add("#" + place + " = :" + place);
    }
    return dynamoDb
        .query(
            q ->
                q.tableName(reference(table))
                    .indexName(index)
                    .keyConditionExpression(String.join(" and ", conditions))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values))
        .items();
  }

  private static String partitionKey(Resource table) {
    return DeclaredTable.key(table.properties()).getFirst().attributeName();
  }

  private List<Message> receive(String url) {
    return sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
        .messages();
  }

  /** The bodies of what came, which is gone from the queue then. */
  private Set<String> take(String url) {
    Set<String> bodies = new HashSet<>();
    for (Message message : receive(url)) {
      bodies.add(message.body());
      sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
    }
    return bodies;
  }

  private int waiting(String url) {
    Map<QueueAttributeName, String> counts =
        sqs.getQueueAttributes(
                a ->
                    a.queueUrl(url)
                        .attributeNames(
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return counts.values().stream().mapToInt(Integer::parseInt).sum();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + SHOWN_WITHIN.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(100);
    }
  }
}
