package io.openmonetize.query.http;

import java.util.List;

/**
 * A path whose parts may be placeholders, written as OpenAPI does: {@code /v1/api-keys/{id}}. A
 * placeholder stands for exactly one part that is not empty.
 */
public record PathPattern(String text) {
  public boolean matches(String path) {
    List<String> wanted = parts(text);
    List<String> found = parts(path);
    if (wanted.size() != found.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      boolean same =
          isPlaceholder(wanted.get(i))
              ? !found.get(i).isEmpty()
              : wanted.get(i).equals(found.get(i));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /**
   * What stands in the path in place of the placeholder.
   *
   * @throws IllegalArgumentException when the pattern has no such placeholder
   */
  public String value(String placeholder, String path) {
    int index = parts(text).indexOf("{" + placeholder + "}");
    if (index < 0) {
      throw new IllegalArgumentException(text + " has no " + placeholder);
    }
    return parts(path).get(index);
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1));
  }

  private static boolean isPlaceholder(String part) {
    return part.startsWith("{") && part.endsWith("}");
  }
}
