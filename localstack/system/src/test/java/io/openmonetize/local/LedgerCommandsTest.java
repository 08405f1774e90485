package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.pricing.Cost;
import io.openmonetize.queue.DeadLetters;
import io.openmonetize.storage.EventKey;
import io.openmonetize.storage.LedgerChange;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import io.openmonetize.storage.UsageLayout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;

class LedgerCommandsTest {
  private static final Instant NOW = Instant.parse("2026-07-31T12:00:00Z");

  @TempDir private Path folder;

  private DynamoDbServer store;
  private SqsServer queue;
  private DynamoDbClient dynamoDb;
  private SqsClient sqs;

  @BeforeEach
  void start() {
    store = DynamoDbServer.start();
    queue = SqsServer.start();
    dynamoDb = store.client();
    sqs = queue.client();
  }

  @AfterEach
  void stop() {
    sqs.close();
    dynamoDb.close();
    queue.close();
    store.close();
  }

  @Test
  void deadLetters_listed_showCauseAndAttempts() throws Exception {
    DeadLetters letters = DeadLetters.of(sqs, UsageQueues.create(sqs)).orElseThrow();
    letters.add("{\"v\":7}", "v is not 1", 4);

    assertThat(run(Map.of(), "dead-letters", "list"))
        .contains("attempts=4 cause=v is not 1 {\"v\":7}")
        .endsWith("1 dead letters\n");
  }

  @Test
  void verifyLedger_eventExpired_isNoDriftWhenToldHowLongEventsAreKept() throws Exception {
    Backends.TABLES.create(dynamoDb);
    book("old", NOW.minusSeconds(40 * 86_400L));
    book("new", NOW.minusSeconds(86_400L));
    expire("old");

    assertThat(run(Map.of(), "verify-ledger")).doesNotContain(" 0 differences");
    assertThat(run(Map.of("OM_EVENT_RETENTION_DAYS", "30"), "verify-ledger"))
        .startsWith("not compared: what lies before 2026-07-02T00:00:00Z")
        .contains("1 events,", " 0 differences");
  }

  @Test
  void verifyLedger_tablesOfADeployment_readsThose() throws Exception {
    new Tables("deployed-control", "deployed-usage").create(dynamoDb);
    book("deployed-usage", "one", NOW.minusSeconds(86_400L));

    assertThat(run(deployment(), "verify-ledger"))
        .startsWith("1 events,")
        .contains(" 0 differences");
    assertThat(dynamoDb.listTables().tableNames()).doesNotContain(Backends.TABLES.usage());
  }

  @Test
  void deadLetters_queueOfADeployment_listsThose() throws Exception {
    Map<String, String> deployment = deployment();
    DeadLetters.of(sqs, deployment.get("OM_USAGE_QUEUE_URL"))
        .orElseThrow()
        .add("{\"v\":7}", "v is not 1", 4);

    assertThat(run(deployment, "dead-letters", "list")).endsWith("1 dead letters\n");
  }

  @Test
  void run_deploymentNamedInPart_isRefusedWithWhatIsMissing() {
    assertThatThrownBy(() -> run(Map.of("OM_USAGE_TABLE", "deployed-usage"), "verify-ledger"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("OM_CONTROL_TABLE is not set");
  }

  private Map<String, String> deployment() {
    return Map.of(
        "AWS_REGION", "eu-central-1",
        "OM_CONTROL_TABLE", "deployed-control",
        "OM_USAGE_TABLE", "deployed-usage",
        "OM_USAGE_QUEUE_URL", UsageQueues.create(sqs));
  }

  private String run(Map<String, String> more, String... arguments) throws Exception {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("OM_DYNAMODB_ENDPOINT", store.endpoint().toString());
    variables.put("OM_SQS_ENDPOINT", queue.endpoint().toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LedgerCommands(
            new Environment(variables),
            folder,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
    return out.toString(StandardCharsets.UTF_8);
  }

  private void book(String id, Instant time) {
    book(Backends.TABLES.usage(), id, time);
  }

  private void book(String table, String id, Instant time) {
    UsageEvent event =
        new UsageEvent(
            id,
            new EventIdentity.ById(id),
            EventType.CUSTOM,
            time,
            Source.SDK,
            "dev",
            null,
            new Attribution("acme", null, null, "chat", null),
            null,
            null,
            null,
            null,
            false,
            Usage.none("for a test"),
            Call.REPORTED);
    LedgerChange change = new LedgerChange(table, UsageLayout.DEFAULT, 0);
    change.put(new StoredEvent(event, new Cost.Priced(BigDecimal.ONE, "book"), time));
    dynamoDb.transactWriteItems(t -> t.transactItems(change.actions()));
  }

  /** As DynamoDB does in its own time. */
  private void expire(String id) {
    EventKey key = new EventKey("acme", new EventIdentity.ById(id));
    dynamoDb.deleteItem(
        d ->
            d.tableName(Backends.TABLES.usage())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS(key.partition()),
                        "sk", AttributeValue.fromS(EventKey.SORT))));
  }
}
