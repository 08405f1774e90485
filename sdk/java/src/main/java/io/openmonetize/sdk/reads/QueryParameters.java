package io.openmonetize.sdk.reads;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a read, by the API's names. What is null is not asked for. */
final class QueryParameters {
  private final Map<String, String> byName = new LinkedHashMap<>();

  QueryParameters with(String name, @Nullable Object value) {
    if (value != null) {
      byName.put(name, value.toString());
    }
    return this;
  }

  /** In the order in which they were given; the caller's own. */
  Map<String, String> byName() {
    return byName;
  }
}
