package io.openmonetize.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads CSV by RFC 4180, with lines that end in CRLF. */
final class CsvText {
  private CsvText() {}

  static List<List<String>> parse(String text) {
    String csv = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        field.append(c);
      }
    }
    if (quoted || !row.isEmpty() || !field.isEmpty()) {
      throw new AssertionError("the last line does not end");
    }
    return rows;
  }

  /** Each row by the names of the first. */
  static List<Map<String, String>> records(List<List<String>> rows) {
    List<String> names = rows.getFirst();
    return rows.stream()
        .skip(1)
        .map(
            row -> {
              if (row.size() != names.size()) {
                throw new AssertionError(row + " has not the columns " + names);
              }
              Map<String, String> named = new LinkedHashMap<>();
              for (int i = 0; i < names.size(); i++) {
                named.put(names.get(i), row.get(i));
              }
              return named;
            })
        .toList();
  }
}
