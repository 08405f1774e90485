package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Chat and legacy completions, Anthropic's included: the last chunk that has usage counts, if one
 * has any.
 */
final class CompletionsMerge implements Merge {
  private final ObjectNode answer = Merge.object();
  private boolean usageCame;
  private boolean failed;

  @Override
  public void add(JsonNode event) {
    Merge.keepText(answer, event, "id");
    Merge.keepText(answer, event, "type");
    Merge.keepText(answer, event, "model");
    Merge.keepText(answer, event, "service_tier");
    String object = event.path("object").asText();
    if (!object.isEmpty()) {
      answer.put("object", object.equals("chat.completion.chunk") ? "chat.completion" : object);
    }
    failed |= Merge.says(event.path("error"));
    if (Merge.says(event.path("usage"))) {
      answer.set("usage", event.get("usage").deepCopy());
      // Servers that repeat running totals have them beside choices; only the last has none.
      usageCame |= event.path("choices").isEmpty();
    }
  }

  @Override
  public boolean isWhole(boolean streamEnded) {
    return usageCame && !failed || streamEnded && !failed;
  }

  @Override
  public ObjectNode answer() {
    ObjectNode whole = answer.deepCopy();
    if (!whole.has("object") && !whole.has("type")) {
      whole.putArray("choices");
    }
    return whole;
  }
}
