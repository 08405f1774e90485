package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.text;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventType;
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
 * s:<status>} events by usage status, {@code k:<status>} by call status, {@code e:<type>} events of
 * a type other than {@code TOKEN_USAGE}, {@code d:<type>} their dollars and {@code x:<type>} those
 * of them that are unpriced, {@code at} last written.
 */
public final class RollupItem {
  static final String TYPE_EVENTS = "e:";
  static final String TYPE_USD = "d:";
  static final String TYPE_UNPRICED = "x:";

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

  /** The item as it is after its first {@link #add}. */
  public static Map<String, AttributeValue> write(RollupKey key, Rollup sum) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", text(key.partition()));
    item.put("sk", text(key.sort()));
    RollupDelta.of(sum).counters().forEach((name, count) -> item.put(name, number(count)));
    if (sum.updatedAt() != null) {
      item.put("at", text(sum.updatedAt().toString()));
    }
    return item;
  }

  public static Rollup read(Map<String, AttributeValue> item) {
    Map<String, BigDecimal> counters = new HashMap<>();
    item.forEach(
        (name, value) -> {
          if (value.n() != null) {
            counters.put(name, new BigDecimal(value.n()));
          }
        });
    return sum(counters, Attributes.textOrNull(item, "at"));
  }

  /** The opposite of {@link #counters}. */
  static Rollup sum(Map<String, BigDecimal> counters, @Nullable String at) {
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    Map<String, BigDecimal> units = new HashMap<>();
    Map<UsageStatus, Long> byUsageStatus = new EnumMap<>(UsageStatus.class);
    Map<CallStatus, Long> byCallStatus = new EnumMap<>(CallStatus.class);
    Map<EventType, TypeSum> byOtherType = new EnumMap<>(EventType.class);
    for (Map.Entry<String, BigDecimal> entry : counters.entrySet()) {
      String name = entry.getKey();
      if (name.length() < 3 || name.charAt(1) != ':') {
        continue;
      }
      String kind = name.substring(2);
      BigDecimal count = entry.getValue();
      switch (name.charAt(0)) {
        case 't' -> tokens.put(TokenCode.read(kind), count.longValueExact());
        case 'u' -> units.put(kind, count);
        case 's' ->
            byUsageStatus.put(
                word(UsageStatus.values(), UsageStatus::wireName, kind), count.longValueExact());
        case 'k' ->
            byCallStatus.put(
                word(CallStatus.values(), CallStatus::wireName, kind), count.longValueExact());
        case 'e' ->
            byOtherType.put(
                EventType.valueOf(kind),
                new TypeSum(
                    count.longValueExact(),
                    decimal(counters, TYPE_USD + kind),
                    count(counters, TYPE_UNPRICED + kind)));
        case 'd', 'x' -> {
          // Read with its count.
        }
        default -> throw new IllegalArgumentException("a rollup has the unknown counter " + name);
      }
    }
    return new Rollup(
        count(counters, "n"),
        new TokenCounts(tokens),
        units,
        decimal(counters, "c"),
        count(counters, "x"),
        decimal(counters, "xc"),
        count(counters, "q"),
        byUsageStatus,
        byCallStatus,
        byOtherType,
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
    sum.byOtherType()
        .forEach(
            (type, part) -> {
              counters.put(TYPE_EVENTS + type.name(), BigDecimal.valueOf(part.events()));
              counters.put(TYPE_USD + type.name(), part.costUsd());
              counters.put(TYPE_UNPRICED + type.name(), BigDecimal.valueOf(part.unpriced()));
            });
    return counters;
  }

  private static long count(Map<String, BigDecimal> counters, String name) {
    return decimal(counters, name).longValueExact();
  }

  private static BigDecimal decimal(Map<String, BigDecimal> counters, String name) {
    return counters.getOrDefault(name, BigDecimal.ZERO);
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
