package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.storage.Tables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

class UsageTablesTest {
  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @ParameterizedTest
  @ValueSource(strings = {"Tables/Control", "Tables/Usage"})
  void eachTable_key_isPkAndSk(String table) {
    assertThat(system.properties(table)).containsEntry("KeySchema", key("pk", "sk"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tables/Control", "Tables/Usage"})
  void eachTable_billing_isOnDemandAndTtlExpiresItems(String table) {
    assertThat(system.properties(table))
        .containsEntry("BillingMode", "PAY_PER_REQUEST")
        .containsEntry("TimeToLiveSpecification", Map.of("AttributeName", "ttl", "Enabled", true));
  }

  @Test
  void usage_feeds_areTwoIndexesWithAllAttributes() {
    assertThat(
            SynthesizedSystem.list(system.properties("Tables/Usage").get("GlobalSecondaryIndexes")))
        .isEqualTo(
            List.of(index("customer-feed", "cfpk", "cfsk"), index("day-feed", "dfpk", "dfsk")));
  }

  @Test
  void control_indexes_areNone() {
    assertThat(system.properties("Tables/Control")).doesNotContainKey("GlobalSecondaryIndexes");
  }

  /** One machine and the tests make their tables by {@link Tables}: they must be like these. */
  @Test
  void eachTable_definition_isTheOneOfWhichTheTestsAreMade() {
    Tables tables = new Tables("control", "usage");

    assertThat(definition(system.properties("Tables/Control")))
        .isEqualTo(definition(tables.controlTable()));
    assertThat(definition(system.properties("Tables/Usage")))
        .isEqualTo(definition(tables.usageTable()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tables/Control", "Tables/Usage"})
  void eachTable_inProduction_canBeRestoredButNotDeleted(String table) {
    assertThat(replica(system, table))
        .containsEntry("DeletionProtectionEnabled", true)
        .containsEntry(
            "PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tables/Control", "Tables/Usage"})
  void eachTable_inDev_canBeDeleted(String table) {
    assertThat(replica(SynthesizedSystem.of(Stage.DEV), table))
        .containsEntry("DeletionProtectionEnabled", false)
        .containsEntry(
            "PointInTimeRecoverySpecification", Map.of("PointInTimeRecoveryEnabled", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tables/Control", "Tables/Usage"})
  void eachTable_encryption_isWithDynamoDbsOwnKey(String table) {
    assertThat(system.properties(table))
        .containsEntry("SSESpecification", Map.of("SSEEnabled", false));
  }

  private static Map<String, Object> replica(SynthesizedSystem system, String table) {
    List<?> replicas = SynthesizedSystem.list(system.properties(table).get("Replicas"));
    assertThat(replicas).hasSize(1);
    return SynthesizedSystem.object(replicas.getFirst());
  }

  private static Map<String, Object> definition(CreateTableRequest table) {
    return Map.of(
        "key", key(table.keySchema()),
        "attributes",
            table.attributeDefinitions().stream()
                .map(
                    a ->
                        Map.of(
                            "AttributeName", a.attributeName(),
                            "AttributeType", a.attributeTypeAsString()))
                .collect(Collectors.toSet()),
        "indexes",
            table.globalSecondaryIndexes().stream()
                .map(
                    index ->
                        Map.of(
                            "IndexName", index.indexName(),
                            "KeySchema", key(index.keySchema()),
                            "Projection",
                                Map.of(
                                    "ProjectionType", index.projection().projectionTypeAsString())))
                .collect(Collectors.toSet()),
        "billing", table.billingModeAsString(),
        "expiry", Map.of("AttributeName", Tables.EXPIRY, "Enabled", true));
  }

  private static Map<String, Object> definition(Map<String, Object> properties) {
    return Map.of(
        "key", properties.get("KeySchema"),
        "attributes", Set.copyOf(SynthesizedSystem.list(properties.get("AttributeDefinitions"))),
        "indexes", Set.copyOf(SynthesizedSystem.list(properties.get("GlobalSecondaryIndexes"))),
        "billing", properties.get("BillingMode"),
        "expiry", properties.get("TimeToLiveSpecification"));
  }

  private static List<Map<String, String>> key(List<KeySchemaElement> key) {
    return key.stream()
        .map(k -> Map.of("AttributeName", k.attributeName(), "KeyType", k.keyTypeAsString()))
        .toList();
  }

  private static Map<String, Object> index(String name, String partition, String sort) {
    return Map.of(
        "IndexName", name,
        "KeySchema", key(partition, sort),
        "Projection", Map.of("ProjectionType", "ALL"));
  }

  private static List<Map<String, String>> key(String partition, String sort) {
    return List.of(
        Map.of("AttributeName", partition, "KeyType", "HASH"),
        Map.of("AttributeName", sort, "KeyType", "RANGE"));
  }
}
