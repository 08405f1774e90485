package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.pricing.Cost;
import io.openmonetize.query.http.Json;
import io.openmonetize.storage.EventId;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** An event as the API shows it. */
final class EventJson {
  private EventJson() {}

  static ObjectNode of(StoredEvent stored) {
    UsageEvent event = stored.event();
    ObjectNode json =
        Json.object()
            .put("id", EventId.of(event))
            .put("event_id", event.eventId())
            .put("event_type", event.type().name())
            .put("timestamp", event.timestamp().toString())
            .put("received_at", stored.receivedAt().toString());
    putAttribution(json, event.attribution());
    json.put("provider", event.provider() == null ? null : event.provider().name())
        .put("model", event.model())
        .put("requested_model", event.requestedModel())
        .put("endpoint", event.endpoint())
        .put("streamed", event.streamed());
    putUsage(json, event.usage());
    putCost(json, stored.cost());
    Json.putVerbatim(json, "raw_usage", event.usage().raw());
    putCall(json, event.call());
    return json.put("source", event.source().wireName())
        .put("environment", event.environment())
        .put("api_key_id", event.apiKeyId());
  }

  private static void putAttribution(ObjectNode json, Attribution attribution) {
    json.put("customer_id", attribution.customerId())
        .put("user_id", attribution.userId())
        .put("team_id", attribution.teamId())
        .put("feature_id", attribution.featureId());
    Json.putVerbatim(json, "metadata", attribution.metadata());
  }

  private static void putUsage(ObjectNode json, Usage usage) {
    TokenCounts tokens = usage.tokens();
    json.set("tokens", SumJson.tokens(tokens));
    json.put("input_tokens", tokens.total(TokenClass.Side.INPUT))
        .put("output_tokens", tokens.total(TokenClass.Side.OUTPUT));
    json.set("units", SumJson.units(units(usage)));
    json.put("usage_status", usage.status().wireName());
    if (usage.reason() != null) {
      json.put("usage_reason", usage.reason());
    }
    json.put("quarantined", usage.contradictsItself())
        .put("service_tier", usage.terms().serviceTier())
        .put("speed", usage.terms().speed())
        .put("geography", usage.terms().geography());
  }

  /** Of all lines together. */
  static Map<String, BigDecimal> units(Usage usage) {
    Map<String, BigDecimal> units = new TreeMap<>();
    for (UsageLine line : usage.lines()) {
      line.units().forEach((unit, count) -> units.merge(unit, count, BigDecimal::add));
    }
    return units;
  }

  private static void putCost(ObjectNode json, Cost cost) {
    switch (cost) {
      case Cost.Priced(BigDecimal usd, String priceBook) ->
          json.put("cost_usd", usd.toPlainString())
              .put("cost_status", "priced")
              .put("price_book", priceBook);
      case Cost.Unpriced(String reason, String priceBook, BigDecimal _) ->
          json.putNull("cost_usd")
              .put("cost_status", "unpriced")
              .put("cost_reason", reason)
              .put("price_book", priceBook);
    }
    json.put("known_cost_usd", cost.knownUsd().toPlainString());
  }

  private static void putCall(ObjectNode json, Call call) {
    json.put("status", call.status().wireName())
        .put("http_status", call.httpStatus())
        .put("error_type", call.errorType())
        .put("provider_request_id", call.providerRequestId())
        .put("provider_response_id", call.providerResponseId())
        .put("first_byte_ms", call.firstByteMs())
        .put("duration_ms", call.durationMs())
        .put("attempt", call.attempt())
        .put("logical_call_id", call.logicalCallId());
  }
}
