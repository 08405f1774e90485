package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.sdk.BillableFields;
import io.openmonetize.sdk.Provider;
import java.util.List;

/** The Responses API: its last event repeats the response with all of its usage. */
final class ResponsesMerge implements Merge {
  private ObjectNode response = Merge.object().put("object", "response");
  private boolean measured;
  private boolean finished;

  @Override
  public void add(JsonNode event) {
    JsonNode said = event.path("response");
    if (!said.isObject()) {
      return;
    }
    ObjectNode reduced = BillableFields.of(Provider.OPENAI, said);
    boolean usage = isUsage(said.path("usage"));
    ObjectNode kept = response;
    if (usage || !measured) {
      response = reduced;
      for (String name : List.of("object", "id", "model", "status")) {
        if (!reduced.has(name) && kept.has(name)) {
          reduced.set(name, kept.get(name));
        }
      }
    } else {
      List.of("id", "model", "status").forEach(name -> Merge.keepText(kept, reduced, name));
    }
    if (usage) {
      measured = true;
      String status = response.path("status").asText();
      finished |= !status.equals("queued") && !status.equals("in_progress");
    }
  }

  private static boolean isUsage(JsonNode usage) {
    return usage.hasNonNull("input_tokens") || usage.hasNonNull("output_tokens");
  }

  @Override
  public boolean isWhole(boolean streamEnded) {
    return finished || streamEnded && !measured;
  }

  @Override
  public ObjectNode answer() {
    return response;
  }
}
