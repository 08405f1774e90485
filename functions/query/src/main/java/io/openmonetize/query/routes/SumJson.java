package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.query.http.Json;
import io.openmonetize.storage.Rollup;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums of usage, as every answer shows them. */
final class SumJson {
  private SumJson() {}

  static ObjectNode of(Rollup sum) {
    return put(Json.object(), sum);
  }

  static ObjectNode put(ObjectNode json, Rollup sum) {
    json.put("events", sum.events())
        .put("input_tokens", sum.inputTokens())
        .put("output_tokens", sum.outputTokens());
    json.set("tokens", tokens(sum.tokens()));
    json.set("units", units(sum.units()));
    json.put("cost_usd", sum.costUsd().toPlainString())
        .put("unpriced_events", sum.unpriced())
        .put("unpriced_known_usd", sum.unpricedKnownUsd().toPlainString())
        .put("quarantined_events", sum.quarantined());
    ObjectNode statuses = json.putObject("usage_status");
    sum.byUsageStatus().forEach((status, count) -> statuses.put(status.wireName(), count));
    ObjectNode calls = json.putObject("call_status");
    sum.byCallStatus().forEach((status, count) -> calls.put(status.wireName(), count));
    return json.put("updated_at", text(sum.updatedAt()));
  }

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  static ObjectNode tokens(TokenCounts tokens) {
    ObjectNode json = Json.object();
    tokens.byClass().forEach((tokenClass, count) -> json.put(tokenClass.wireName(), count));
    return json;
  }

  /** Decimals go as text, since a reader's binary fractions would round them. */
  static ObjectNode units(Map<String, BigDecimal> units) {
    ObjectNode json = Json.object();
    units.forEach(
        (unit, count) -> {
          if (count.signum() != 0) {
            json.put(unit, count.stripTrailingZeros().toPlainString());
          }
        });
    return json;
  }
}
