package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.deployment.CloudAssembly.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A template's queue as SQS's own attributes, which have the names of the template's properties.
 */
final class DeclaredQueue {
  static final String REDRIVE = "RedrivePolicy";

  private DeclaredQueue() {}

  /** Empty while it names a queue that is not made yet. */
  static Optional<Map<String, String>> attributes(Resource queue, References references) {
    Map<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> property : queue.properties().properties()) {
      if (property.getKey().equals(REDRIVE)) {
        ObjectNode policy = CloudAssembly.JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> part : property.getValue().properties()) {
          Optional<String> text = references.text(queue.stack(), part.getValue());
          if (text.isEmpty()) {
            return Optional.empty();
          }
          if (part.getValue().isInt()) {
            policy.put(part.getKey(), part.getValue().asInt());
          } else {
            policy.put(part.getKey(), text.get());
          }
        }
        attributes.put(REDRIVE, policy.toString());
      } else {
        attributes.put(
            property.getKey(),
            references
                .text(queue.stack(), property.getValue())
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "the suite does not know the queue's " + property.getKey())));
      }
    }
    return Optional.of(attributes);
  }
}
