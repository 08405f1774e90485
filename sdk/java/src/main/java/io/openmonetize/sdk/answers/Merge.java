package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How the events of one kind of stream make up an answer. */
interface Merge {
  /** Fields of a usage object that are kept; there are some ten as a rule. */
  int MAX_MEMBERS = 100;

  void add(JsonNode event);

  /** Whether its usage is final, given whether the stream ended by itself. */
  boolean isWhole(boolean streamEnded);

  /** In the shape of the answer that is not streamed. */
  ObjectNode answer();

  /** Takes over a string that is there and not empty, in the place of the one before. */
  static void keepText(ObjectNode kept, JsonNode from, String name) {
    String text = from.path(name).asText();
    if (from.path(name).isTextual() && !text.isEmpty()) {
      kept.put(name, text);
    }
  }

  /** An object that says anything; usage is also announced as null or as an empty one. */
  static boolean says(JsonNode value) {
    return value.isObject() && !value.isEmpty();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
