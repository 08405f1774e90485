package io.openmonetize.runtime;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the few JSON objects of this protocol: RFC 8259, without any control character. */
final class Json {
  private final StringBuilder text = new StringBuilder(256).append('{');

  Json put(String name, int value) {
    key(name).append(value);
    return this;
  }

  Json put(String name, String value) {
    quote(key(name), value);
    return this;
  }

  Json put(String name, List<String> values) {
    StringBuilder target = key(name).append('[');
    String separator = "";
    for (String value : values) {
      quote(target.append(separator), value);
      separator = ",";
    }
    target.append(']');
    return this;
  }

  /** In the order of the names, since the map's own may differ from run to run. */
  Json put(String name, Map<String, String> values) {
    StringBuilder target = key(name).append('{');
    String separator = "";
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      quote(target.append(separator), entry.getKey());
      quote(target.append(':'), entry.getValue());
      separator = ",";
    }
    target.append('}');
    return this;
  }

  String end() {
    return text.append('}').toString();
  }

  private StringBuilder key(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(text, name);
    return text.append(':');
  }

  private static void quote(StringBuilder target, String value) {
    target.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        target.append('\\').append(c);
      } else if (c < ' ' || isLoneSurrogate(value, i)) {
        target.append(String.format("\\u%04x", (int) c));
      } else {
        target.append(c);
      }
    }
    target.append('"');
  }

  /** UTF-8 has no form for these; an encoder would put a question mark. */
  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
