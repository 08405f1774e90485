package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.text;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * A rollup as an item: one number a counter, so that DynamoDB can add to each by itself. {@code n}
 * events, {@code t:<class>} tokens, {@code u:<unit>} units, {@code c} dollars, {@code x} unpriced
 * events, {@code xc} dollars that those cost at least, {@code q} quarantined events, {@code
 * s:<status>} events by usage status, {@code k:<status>} by call status, {@code at} last written.
 */
public final class RollupItem {
  private RollupItem() {}

  /** Adds the sum to the item, which need not be there yet. */
  public static Update add(String table, RollupKey key, Rollup sum) {
    return add(table, key, RollupDelta.of(sum));
  }

  /** As {@link #add(String, RollupKey, Rollup)}; where counters go down, the item must be there. */
  public static Update add(String table, RollupKey key, RollupDelta sum) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    StringBuilder expression = new StringBuilder();
    int counter = 0;
    for (Map.Entry<String, BigDecimal> entry : sum.counters().entrySet()) {
      names.put("#" + counter, entry.getKey());
      values.put(":" + counter, number(entry.getValue()));
      expression.append(counter == 0 ? "ADD #" : ", #").append(counter).append(" :");
      expression.append(counter);
      counter++;
    }
    if (sum.at() != null) {
      names.put("#at", "at");
      values.put(":at", text(sum.at().toString()));
      expression.append(" SET #at = :at");
    }
    return Update.builder()
        .tableName(table)
        .key(Map.of("pk", text(key.partition()), "sk", text(key.sort())))
        .updateExpression(expression.toString())
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .build();
  }

  public static Rollup read(Map<String, AttributeValue> item) {
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    Map<String, BigDecimal> units = new HashMap<>();
    Map<UsageStatus, Long> byUsageStatus = new EnumMap<>(UsageStatus.class);
    Map<CallStatus, Long> byCallStatus = new EnumMap<>(CallStatus.class);
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      String name = entry.getKey();
      if (name.length() < 3 || name.charAt(1) != ':') {
        continue;
      }
      String kind = name.substring(2);
      String count = entry.getValue().n();
      switch (name.charAt(0)) {
        case 't' -> tokens.put(TokenCode.read(kind), Long.valueOf(count));
        case 'u' -> units.put(kind, new BigDecimal(count));
        case 's' ->
            byUsageStatus.put(
                word(UsageStatus.values(), UsageStatus::wireName, kind), Long.valueOf(count));
        case 'k' ->
            byCallStatus.put(
                word(CallStatus.values(), CallStatus::wireName, kind), Long.valueOf(count));
        default -> throw new IllegalArgumentException("a rollup has the unknown counter " + name);
      }
    }
    String at = Attributes.textOrNull(item, "at");
    return new Rollup(
        count(item.get("n")),
        new TokenCounts(tokens),
        units,
        decimal(item.get("c")),
        count(item.get("x")),
        decimal(item.get("xc")),
        count(item.get("q")),
        byUsageStatus,
        byCallStatus,
        at == null ? null : Instant.parse(at));
  }

  static Map<String, BigDecimal> counters(Rollup sum) {
    Map<String, BigDecimal> counters = new LinkedHashMap<>();
    counters.put("n", BigDecimal.valueOf(sum.events()));
    sum.tokens()
        .byClass()
        .forEach((c, n) -> counters.put("t:" + TokenCode.of(c), BigDecimal.valueOf(n)));
    sum.units().forEach((unit, n) -> counters.put("u:" + unit, n));
    counters.put("c", sum.costUsd());
    counters.put("x", BigDecimal.valueOf(sum.unpriced()));
    counters.put("xc", sum.unpricedKnownUsd());
    counters.put("q", BigDecimal.valueOf(sum.quarantined()));
    sum.byUsageStatus()
        .forEach((word, n) -> counters.put("s:" + word.wireName(), BigDecimal.valueOf(n)));
    sum.byCallStatus()
        .forEach((word, n) -> counters.put("k:" + word.wireName(), BigDecimal.valueOf(n)));
    return counters;
  }

  private static long count(@Nullable AttributeValue value) {
    return value == null ? 0 : Long.parseLong(value.n());
  }

  private static BigDecimal decimal(@Nullable AttributeValue value) {
    return value == null ? BigDecimal.ZERO : new BigDecimal(value.n());
  }

  private static <T> T word(T[] values, Function<T, String> name, String wanted) {
    for (T value : values) {
      if (name.apply(value).equals(wanted)) {
        return value;
      }
    }
    throw new IllegalArgumentException("a rollup counts the unknown status " + wanted);
  }
}
