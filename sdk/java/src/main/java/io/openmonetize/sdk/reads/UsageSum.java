package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums of events.
 *
 * @param events how many
 * @param inputTokens of all input-side classes
 * @param outputTokens of all output-side classes
 * @param tokens by class, each token in exactly one
 * @param units meters that are not tokens
 * @param costUsd of the events that have a price
 * @param unpricedEvents whose cost nobody can say
 * @param unpricedKnownUsd what is certain of the cost of those: a lower bound
 * @param quarantinedEvents whose usage contradicts itself
 * @param usageStatus events by how well their usage is known
 * @param callStatus events by how the call ended
 * @param updatedAt when the last of the events was booked; null when there is none
 */
public record UsageSum(
    long events,
    long inputTokens,
    long outputTokens,
    Map<String, Long> tokens,
    Map<String, BigDecimal> units,
    BigDecimal costUsd,
    long unpricedEvents,
    BigDecimal unpricedKnownUsd,
    long quarantinedEvents,
    Map<String, Long> usageStatus,
    Map<String, Long> callStatus,
    @Nullable Instant updatedAt) {

  static UsageSum of(JsonNode sum) {
    return new UsageSum(
        Values.count(sum, "events"),
        Values.count(sum, "input_tokens"),
        Values.count(sum, "output_tokens"),
        Values.counts(sum.path("tokens")),
        Values.decimals(sum.path("units")),
        Values.decimal(sum, "cost_usd"),
        Values.count(sum, "unpriced_events"),
        Values.decimal(sum, "unpriced_known_usd"),
        Values.count(sum, "quarantined_events"),
        Values.counts(sum.path("usage_status")),
        Values.counts(sum.path("call_status")),
        Values.instantOrNull(sum, "updated_at"));
  }

  static @Nullable UsageSum orNull(JsonNode sum) {
    return sum.isObject() ? of(sum) : null;
  }
}
