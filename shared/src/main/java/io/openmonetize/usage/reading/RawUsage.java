package io.openmonetize.usage.reading;

import io.openmonetize.usage.json.JsonFragments;
import io.openmonetize.usage.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The provider's usage object in the form in which it is kept: as it was written, less the blanks
 * between its tokens. It is stored with every event, so it is bounded: of an object that is longer,
 * whole members are left out, the last first, and named under {@code om_omitted}.
 */
public final class RawUsage {
  /** The longest that is kept, in characters. */
  public static final int MAX_LENGTH = 2048;

  private RawUsage() {}

  /** The form to keep of JSON text. */
  public static String compact(String json) {
    String dense = withoutBlanks(json);
    return dense.length() <= MAX_LENGTH ? dense : shortened(dense);
  }

  private static String withoutBlanks(String json) {
    StringBuilder dense = new StringBuilder(json.length());
    boolean inText = false;
    boolean escaped = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inText) {
        inText = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        continue;
      } else {
        inText = c == '"';
      }
      dense.append(c);
    }
    return dense.toString();
  }

  private static String shortened(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return switch (JsonFragments.parse(bytes, 0, bytes.length).orElse(JsonValue.JsonNull.NULL)) {
      case JsonValue.JsonObject object -> shortened(object, MAX_LENGTH);
      case JsonValue.JsonArray array -> {
        int share = MAX_LENGTH / Math.max(1, array.elements().size()) - 1;
        StringJoiner objects = new StringJoiner(",", "[", "]");
        for (JsonValue element : array.elements()) {
          if (element instanceof JsonValue.JsonObject object) {
            objects.add(shortened(object, share));
          }
        }
        yield objects.toString();
      }
      case JsonValue.JsonString _,
          JsonValue.JsonNumber _,
          JsonValue.JsonBoolean _,
          JsonValue.JsonNull _ ->
          "null";
    };
  }

  private static String shortened(JsonValue.JsonObject object, int limit) {
    StringBuilder kept = new StringBuilder("{");
    StringJoiner omitted = new StringJoiner(",", "\"om_omitted\":[", "]}");
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String name = JsonWriting.write(new JsonValue.JsonString(member.getKey()));
      String text = name + ":" + JsonWriting.write(member.getValue()) + ",";
      if (kept.length() + text.length() <= limit * 3 / 4) {
        kept.append(text);
      } else if (omitted.length() + name.length() < limit / 4) {
        omitted.add(name);
      }
    }
    return kept.append(omitted).toString();
  }
}
