package io.openmonetize.usage.reading;

import io.openmonetize.usage.json.JsonValue;
import java.util.StringJoiner;

/** Writes a small tree as JSON again, numbers digit for digit as they came. */
final class JsonWriting {
  private JsonWriting() {}

  static String write(JsonValue value) {
    return switch (value) {
      case JsonValue.JsonObject object -> {
        StringJoiner members = new StringJoiner(",", "{", "}");
        object.members().forEach((name, member) -> members.add(quote(name) + ":" + write(member)));
        yield members.toString();
      }
      case JsonValue.JsonArray array -> {
        StringJoiner elements = new StringJoiner(",", "[", "]");
        array.elements().forEach(element -> elements.add(write(element)));
        yield elements.toString();
      }
      case JsonValue.JsonString string -> quote(string.text());
      case JsonValue.JsonNumber number -> number.digits();
      case JsonValue.JsonBoolean bool -> Boolean.toString(bool.value());
      case JsonValue.JsonNull _ -> "null";
    };
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
