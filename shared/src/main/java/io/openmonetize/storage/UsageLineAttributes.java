package io.openmonetize.storage;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The lines of a usage as one attribute: a map for each line. A line's model is written only where
 * it is not the event's, which it nearly always is.
 */
final class UsageLineAttributes {
  private UsageLineAttributes() {}

  static AttributeValue write(List<UsageLine> lines, @Nullable String eventModel) {
    List<AttributeValue> list = new ArrayList<>();
    for (UsageLine line : lines) {
      Map<String, AttributeValue> fields = new HashMap<>();
      if (!Objects.equals(line.model(), eventModel)) {
        fields.put(
            "m",
            line.model() == null
                ? AttributeValue.fromNul(true)
                : AttributeValue.fromS(line.model()));
      }
      line.tokens()
          .byClass()
          .forEach((tokens, count) -> fields.put(TokenCode.of(tokens), Attributes.number(count)));
      if (!line.units().isEmpty()) {
        Map<String, AttributeValue> units = new HashMap<>();
        line.units().forEach((unit, count) -> units.put(unit, Attributes.number(count)));
        fields.put("u", AttributeValue.fromM(units));
      }
      list.add(AttributeValue.fromM(fields));
    }
    return AttributeValue.fromL(list);
  }

  static List<UsageLine> read(@Nullable AttributeValue lines, @Nullable String eventModel) {
    return lines == null
        ? List.of()
        : lines.l().stream().map(line -> read(line.m(), eventModel)).toList();
  }

  private static UsageLine read(Map<String, AttributeValue> fields, @Nullable String eventModel) {
    @Nullable String model = eventModel;
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    Map<String, BigDecimal> units = new HashMap<>();
    for (Map.Entry<String, AttributeValue> field : fields.entrySet()) {
      switch (field.getKey()) {
        case "m" -> model = field.getValue().s();
        case "u" ->
            field.getValue().m().forEach((unit, n) -> units.put(unit, new BigDecimal(n.n())));
        default -> tokens.put(TokenCode.read(field.getKey()), Long.valueOf(field.getValue().n()));
      }
    }
    return new UsageLine(model, new TokenCounts(tokens), units);
  }
}
