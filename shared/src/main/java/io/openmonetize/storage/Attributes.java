package io.openmonetize.storage;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values, made and read. What is absent in Java is absent in the item. */
final class Attributes {
  private Attributes() {}

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  static AttributeValue number(BigDecimal number) {
    return AttributeValue.fromN(number.toPlainString());
  }

  static void put(Map<String, AttributeValue> item, String name, @Nullable String text) {
    if (text != null) {
      item.put(name, text(text));
    }
  }

  static void put(Map<String, AttributeValue> item, String name, @Nullable Long number) {
    if (number != null) {
      item.put(name, number(number));
    }
  }

  static @Nullable String textOrNull(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : value.s();
  }

  static @Nullable Long longOrNull(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? null : Long.valueOf(value.n());
  }
}
