package io.openmonetize.usage.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small piece of JSON as a tree. Numbers stay as they were written, so that none is rounded. */
public sealed interface JsonValue {

  /**
   * @param members in the order in which they came; of a name that stands twice, the last
   * @param duplicated whether a name stood twice, here or deeper
   */
  record JsonObject(Map<String, JsonValue> members, boolean duplicated) implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(Map.of(), false);

    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * The member, or {@link JsonNull} where there is none: the providers use both for "not said".
     */
    public JsonValue get(String name) {
      return members.getOrDefault(name, JsonNull.NULL);
    }
  }

  /** An array. */
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /** A string, decoded. */
  record JsonString(String text) implements JsonValue {}

  /** A number, as it was written. */
  record JsonNumber(String digits) implements JsonValue {}

  /** {@code true} or {@code false}. */
  record JsonBoolean(boolean value) implements JsonValue {}

  /** {@code null}, or nothing at all. */
  enum JsonNull implements JsonValue {
    NULL
  }
}
