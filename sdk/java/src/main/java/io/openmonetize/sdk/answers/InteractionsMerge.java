package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.sdk.BillableFields;
import io.openmonetize.sdk.Provider;
import java.util.List;

/** Gemini's interactions: the event in which one ends has its usage; searches are steps. */
final class InteractionsMerge implements Merge {
  private static final List<String> NAMES = List.of("id", "model", "status", "service_tier");
  private static final int MAX_STEPS = 1000;

  private final ObjectNode interaction = Merge.object().put("object", "interaction");
  private ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private boolean measured;
  private boolean finished;

  @Override
  public void add(JsonNode event) {
    JsonNode said = event.path("interaction");
    NAMES.forEach(name -> Merge.keepText(interaction, said, name));
    readSteps(event, BillableFields.of(Provider.GOOGLE, said));
    if (Merge.says(said.path("usage"))) {
      interaction.set("usage", said.get("usage").deepCopy());
      measured = true;
      finished |= !interaction.path("status").asText().equals("in_progress");
    }
  }

  /** Steps of the whole interaction, where it has them, else those that the stream began. */
  private void readSteps(JsonNode event, ObjectNode said) {
    boolean whole = !event.path("interaction").path("steps").isEmpty();
    boolean older = !event.path("interaction").path("outputs").isEmpty();
    if (whole || older) {
      steps = JsonNodeFactory.instance.arrayNode();
      said.path("steps").forEach(steps::add);
      said.path("outputs").forEach(steps::add);
      return;
    }
    String type = event.path("event_type").asText();
    if ((type.equals("step.start") || type.equals("content.start")) && steps.size() < MAX_STEPS) {
      String step = event.path("step").path("type").asText();
      String content = event.path("content").path("type").asText();
      steps.addObject().put("type", step.isEmpty() ? content : step);
    }
  }

  @Override
  public boolean isWhole(boolean streamEnded) {
    return finished || streamEnded && !measured;
  }

  @Override
  public ObjectNode answer() {
    ObjectNode answer = interaction.deepCopy();
    answer.set("steps", steps);
    return answer;
  }
}
