package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.query.http.Json;
import java.math.BigDecimal;
import java.util.Map;

/** Counts by their names, only those that are not zero. */
final class SumJson {
  private SumJson() {}

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
