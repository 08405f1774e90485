package io.openmonetize.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object's fields, with the name that errors give it. */
record JsonFields(String path, Map<String, Object> values) {
  static JsonFields parse(JsonFactory factory, String text) throws MalformedEventException {
    try (JsonParser json = factory.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEventException("not a JSON object");
      }
      Map<String, Object> fields = readObject(json);
      if (json.nextToken() != null) {
        throw new MalformedEventException("text after the JSON object");
      }
      return new JsonFields("", fields);
    } catch (IOException e) {
      throw new MalformedEventException("not JSON");
    }
  }

  static JsonFields of(String path, Object value) throws MalformedEventException {
    return new JsonFields(path, asObject(value, path));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Iterable<String> names() {
    return values.keySet();
  }

  String text(String name) throws MalformedEventException {
    String text = textOrNull(name);
    if (text == null) {
      throw new MalformedEventException(full(name) + " is missing");
    }
    return text;
  }

  @Nullable String textOrNull(String name) throws MalformedEventException {
    Object value = values.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new MalformedEventException(full(name) + " is no string");
  }

  long number(String name) throws MalformedEventException {
    if (values.get(name) instanceof Long number) {
      return number;
    }
    throw new MalformedEventException(full(name) + " is no whole number");
  }

  boolean flag(String name) throws MalformedEventException {
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw new MalformedEventException(full(name) + " is neither true nor false");
  }

  JsonFields object(String name) throws MalformedEventException {
    Object value = values.get(name);
    if (value == null) {
      throw new MalformedEventException(full(name) + " is missing");
    }
    return new JsonFields(full(name), asObject(value, full(name)));
  }

  List<?> list(String name) throws MalformedEventException {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw new MalformedEventException(full(name) + " is no array");
  }

  private String full(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Map<String, Object> readObject(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> readObject(json);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Object element = value(json);
          if (element != null) {
            list.add(element);
          }
        }
        yield list;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asObject(Object value, String name)
      throws MalformedEventException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new MalformedEventException(name + " is no object");
  }
}
