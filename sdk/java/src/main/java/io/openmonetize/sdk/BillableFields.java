package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Reduces a provider's answer to what bills, so that its text stays in the process. */
final class BillableFields {
  private static final List<String> KEPT =
      List.of("id", "object", "model", "usage", "responseId", "modelVersion", "usageMetadata");

  private BillableFields() {}

  static ObjectNode of(Provider provider, JsonNode answer) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (String name : KEPT) {
      JsonNode value = answer.get(name);
      if (value != null) {
        kept.set(name, value);
      }
    }
    return kept;
  }
}
