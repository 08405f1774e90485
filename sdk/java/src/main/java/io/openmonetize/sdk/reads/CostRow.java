package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What one group used and cost. Of the names only those are not null by which the groups are made.
 *
 * @param provider by provider or model
 * @param model by model
 * @param featureId by feature
 * @param customerId by customer
 * @param userId by user; null also for what was reported without one
 * @param sum of the group
 * @param previous of the equal time just before; null unless it was asked for
 */
public record CostRow(
    @Nullable String provider,
    @Nullable String model,
    @Nullable String featureId,
    @Nullable String customerId,
    @Nullable String userId,
    UsageSum sum,
    @Nullable UsageSum previous) {
  static CostRow of(JsonNode row) {
    JsonNode key = row.path("key");
    return new CostRow(
        Values.textOrNull(key, "provider"),
        Values.textOrNull(key, "model"),
        Values.textOrNull(key, "feature_id"),
        Values.textOrNull(key, "customer_id"),
        Values.textOrNull(key, "user_id"),
        UsageSum.of(row.path("sum")),
        UsageSum.orNull(row.path("previous")));
  }
}
