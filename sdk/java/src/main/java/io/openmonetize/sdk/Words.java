package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a word of a protocol from text that a person or a model wrote. */
final class Words {
  private static final int MAX_NAME = 256;
  private static final int MAX_DEPTH = 8;
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");

  private Words() {}

  /** A model's name, an id or a type; null where the value is none. */
  static @Nullable String name(JsonNode value) {
    return value.isTextual() && isWord(value.textValue()) ? value.textValue() : null;
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /**
   * A copy with its numbers, booleans and words. Any other string is emptied, not left out: a count
   * that is none must stay one that is none.
   */
  static JsonNode withoutText(JsonNode value) {
    return withoutText(value, MAX_DEPTH);
  }

  private static JsonNode withoutText(JsonNode value, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value.isTextual()) {
      return isWord(value.textValue()) ? value : TextNode.valueOf("");
    }
    if (value.isBinary() || value.isPojo() || value.isContainerNode() && depth == 0) {
      return nodes.nullNode();
    }
    if (value.isObject()) {
      ObjectNode copy = nodes.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        if (isWord(member.getKey())) {
          copy.set(member.getKey(), withoutText(member.getValue(), depth - 1));
        }
      }
      return copy;
    }
    if (value.isArray()) {
      ArrayNode copy = nodes.arrayNode();
      value.forEach(element -> copy.add(withoutText(element, depth - 1)));
      return copy;
    }
    return value;
  }

  private static boolean isWord(String text) {
    return !text.isEmpty() && text.length() <= MAX_NAME && text.chars().allMatch(Words::isOfAName);
  }

  /** None of a language that is written without blanks. */
  private static boolean isOfAName(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_-.:/@+=~".indexOf(c) >= 0;
  }
}
