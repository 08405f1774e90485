package io.openmonetize.usage.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes trees of the values that a {@link JsonScanner} kept. */
public final class JsonFragments {
  /** No usage object nests deeper than five; this bounds the recursion below. */
  private static final int MAX_DEPTH = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // Digits are never converted here, so a long number costs nothing.
                  .maxNumberLength(JsonScanner.MAX_VALUE)
                  .maxStringLength(JsonScanner.MAX_VALUE)
                  .build())
          .build();

  private JsonFragments() {}

  /** The one value that the bytes are, or nothing if they are not exactly one valid JSON value. */
  public static Optional<JsonValue> parse(byte[] bytes, int offset, int length) {
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      JsonValue value = value(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** The one object that the bytes are, or nothing if they are anything else. */
  public static Optional<JsonValue.JsonObject> object(byte[] bytes, int offset, int length) {
    return parse(bytes, offset, length)
        .filter(JsonValue.JsonObject.class::isInstance)
        .map(JsonValue.JsonObject.class::cast);
  }

  private static JsonValue value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new JsonValue.JsonString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.JsonNumber(parser.getText());
      case VALUE_TRUE -> new JsonValue.JsonBoolean(true);
      case VALUE_FALSE -> new JsonValue.JsonBoolean(false);
      default -> JsonValue.JsonNull.NULL;
    };
  }

  private static JsonValue object(JsonParser parser) throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    boolean duplicated = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      JsonValue member = value(parser);
      duplicated |= members.put(name, member) != null || isDuplicated(member);
    }
    return new JsonValue.JsonObject(members, duplicated);
  }

  private static JsonValue array(JsonParser parser) throws IOException {
    List<JsonValue> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return new JsonValue.JsonArray(elements);
  }

  private static boolean isDuplicated(JsonValue value) {
    return switch (value) {
      case JsonValue.JsonObject object -> object.duplicated();
      case JsonValue.JsonArray array ->
          array.elements().stream().anyMatch(JsonFragments::isDuplicated);
      case JsonValue.JsonString _,
          JsonValue.JsonNumber _,
          JsonValue.JsonBoolean _,
          JsonValue.JsonNull _ ->
          false;
    };
  }
}
