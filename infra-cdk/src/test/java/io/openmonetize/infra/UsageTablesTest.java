package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static Map<String, Object> replica(SynthesizedSystem system, String table) {
    List<?> replicas = SynthesizedSystem.list(system.properties(table).get("Replicas"));
    assertThat(replicas).hasSize(1);
    return SynthesizedSystem.object(replicas.getFirst());
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
