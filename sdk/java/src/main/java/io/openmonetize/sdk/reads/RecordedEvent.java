package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was booked.
 *
 * @param id of the event on the server
 * @param eventId as it was reported
 * @param eventType such as {@code TOKEN_USAGE}
 * @param timestamp when it happened
 * @param receivedAt when it was booked
 * @param customerId whose it is
 * @param userId of the customer
 * @param featureId of the product
 * @param provider by its name on the wire
 * @param model the response's
 * @param tokens by class, each token in exactly one
 * @param inputTokens of all input-side classes
 * @param outputTokens of all output-side classes
 * @param units meters that are not tokens
 * @param usageStatus how well the usage is known
 * @param costUsd null when there is no price
 * @param knownCostUsd what is certain of the cost
 * @param status how the call ended
 * @param source {@code proxy} or {@code sdk}
 * @param providerResponseId the id of the provider's answer
 * @param json all that the API says of it
 */
public record RecordedEvent(
    String id,
    String eventId,
    String eventType,
    Instant timestamp,
    Instant receivedAt,
    String customerId,
    @Nullable String userId,
    String featureId,
    @Nullable String provider,
    @Nullable String model,
    Map<String, Long> tokens,
    long inputTokens,
    long outputTokens,
    Map<String, BigDecimal> units,
    String usageStatus,
    @Nullable BigDecimal costUsd,
    BigDecimal knownCostUsd,
    String status,
    String source,
    @Nullable String providerResponseId,
    JsonNode json) {
  static RecordedEvent of(JsonNode event) {
    return new RecordedEvent(
        Values.text(event, "id"),
        Values.text(event, "event_id"),
        Values.text(event, "event_type"),
        Values.instant(event, "timestamp"),
        Values.instant(event, "received_at"),
        Values.text(event, "customer_id"),
        Values.textOrNull(event, "user_id"),
        Values.text(event, "feature_id"),
        Values.textOrNull(event, "provider"),
        Values.textOrNull(event, "model"),
        Values.counts(event.path("tokens")),
        Values.count(event, "input_tokens"),
        Values.count(event, "output_tokens"),
        Values.decimals(event.path("units")),
        Values.text(event, "usage_status"),
        Values.decimalOrNull(event, "cost_usd"),
        Values.decimal(event, "known_cost_usd"),
        Values.text(event, "status"),
        Values.text(event, "source"),
        Values.textOrNull(event, "provider_response_id"),
        event);
  }
}
