package io.openmonetize.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reduces a provider's answer to what bills, so that its text stays in the process.
 *
 * <p>What is kept is listed here by provider; all else is dropped. Of what is kept, a string is
 * only taken over where it looks like a name or an id: short and without blanks. Of the items of an
 * answer that are counted ({@code output}, {@code data}, {@code predictions}, searches) there stays
 * what is counted, not what they say.
 */
public final class BillableFields {
  private static final List<String> NAMES =
      List.of("id", "object", "type", "model", "status", "service_tier");
  private static final List<String> OPENAI_USAGE = List.of("tool_usage", "svg_usage");
  private static final List<String> OPENAI_QUANTITIES =
      List.of("duration", "seconds", "input_tokens");
  private static final List<String> GOOGLE_NAMES = List.of("responseId", "modelVersion");

  /** Items of a response's output, and what they do, that are billed each. */
  private static final Set<String> COUNTED_OUTPUT =
      Set.of(
          "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "open_page",
          "find_in_page",
          "find",
          "container_reference",
          "container_auto");

  private static final Set<String> COUNTED_STEPS = Set.of("google_search_call", "google_maps_call");

  /** More searches of one answer than this are not told apart, here or by the server. */
  private static final int MAX_SEARCHES = 1000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode answer;
  private final ObjectNode kept = NODES.objectNode();

  private BillableFields(JsonNode answer) {
    this.answer = answer;
  }

  /**
   * Reduces an answer.
   *
   * @param provider who answered
   * @param answer in its unary shape; anything but an object gives an empty one
   * @return a new object, which shares nothing with the answer
   */
  public static ObjectNode of(Provider provider, JsonNode answer) {
    BillableFields fields = new BillableFields(answer);
    fields.keepNames(NAMES);
    fields.keepWhole("usage");
    switch (provider) {
      case ANTHROPIC -> fields.keepQuantity("input_tokens");
      case OPENAI -> fields.keepOpenAi();
      case GOOGLE -> fields.keepGoogle();
      case COHERE, MISTRAL, STABILITY_AI, RUNWAY, REPLICATE, AMAZON, BLACK_FOREST_LABS -> {}
    }
    return fields.kept;
  }

  private void keepOpenAi() {
    OPENAI_USAGE.forEach(this::keepWhole);
    OPENAI_QUANTITIES.forEach(this::keepQuantity);
    keepError();
    keepOutput();
    keepTools();
    if (!kept.has("object")) {
      keepShape();
    }
  }

  private void keepGoogle() {
    keepNames(GOOGLE_NAMES);
    keepWhole("usageMetadata");
    keepQuantity("totalTokens");
    keepError();
    String reason = Words.name(answer.path("promptFeedback").path("blockReason"));
    if (reason != null) {
      kept.putObject("promptFeedback").put("blockReason", reason);
    }
    keepGrounding();
    keepSteps("steps");
    keepSteps("outputs");
    keepPredictions();
    if (!kept.has("object")) {
      keepData();
    }
  }

  private void keepNames(List<String> names) {
    for (String name : names) {
      String value = Words.name(answer.path(name));
      if (value != null) {
        kept.put(name, value);
      }
    }
  }

  private void keepWhole(String name) {
    JsonNode value = answer.path(name);
    if (value.isObject()) {
      kept.set(name, Words.withoutText(value));
    }
  }

  /** A number, which some answers have as a string. */
  private void keepQuantity(String name) {
    JsonNode value = answer.path(name);
    if (isQuantity(value)) {
      kept.set(name, value);
    }
  }

  private static boolean isQuantity(JsonNode value) {
    return value.isNumber() || value.isTextual() && Words.isNumber(value.textValue());
  }

  /** An error's words, and that it has a message, but not the message. */
  private void keepError() {
    JsonNode error = answer.path("error");
    if (!error.isObject()) {
      return;
    }
    ObjectNode reduced = kept.putObject("error");
    for (String name : List.of("type", "code", "status")) {
      JsonNode value = error.path(name);
      if (Words.name(value) != null || name.equals("code") && value.isNumber()) {
        reduced.set(name, value);
      }
    }
    if (error.path("message").isTextual()) {
      reduced.put("message", "");
    }
  }

  private void keepOutput() {
    ArrayNode reduced = NODES.arrayNode();
    for (JsonNode item : array("output")) {
      ObjectNode types = NODES.objectNode();
      putCounted(types, item, COUNTED_OUTPUT);
      for (String inside : List.of("action", "environment")) {
        ObjectNode type = NODES.objectNode();
        putCounted(type, item.path(inside), COUNTED_OUTPUT);
        if (!type.isEmpty()) {
          types.set(inside, type);
        }
      }
      if (!types.isEmpty()) {
        reduced.add(types);
      }
    }
    keepUnlessEmpty("output", reduced);
  }

  /** Which search tool there was, and the model of the image tool: they decide the price. */
  private void keepTools() {
    ArrayNode reduced = NODES.arrayNode();
    for (JsonNode tool : array("tools")) {
      ObjectNode types = NODES.objectNode();
      String type = Words.name(tool.path("type"));
      String model = Words.name(tool.path("model"));
      if (type != null && type.startsWith("web_search")) {
        types.put("type", type);
      }
      if (model != null) {
        types.put("model", model);
      }
      if (!types.isEmpty()) {
        reduced.add(types);
      }
    }
    keepUnlessEmpty("tools", reduced);
  }

  /** What answers without a name are known by. */
  private void keepShape() {
    keepData();
    for (String name : List.of("choices", "results")) {
      if (answer.path(name).isArray()) {
        kept.putArray(name);
      }
    }
    if (answer.path("text").isTextual()) {
      kept.put("text", "");
    }
  }

  /** Images are counted where their model is priced by the image. */
  private void keepData() {
    if (!answer.path("data").isArray()) {
      return;
    }
    ArrayNode reduced = kept.putArray("data");
    for (JsonNode image : array("data")) {
      if (!image.isNull()) {
        reduced.addObject();
      }
    }
  }

  /** Searches are billed by how many different ones there are: each gets a number for its words. */
  private void keepGrounding() {
    Set<JsonNode> searches = new LinkedHashSet<>();
    boolean maps = false;
    for (JsonNode candidate : array("candidates")) {
      JsonNode grounding = candidate.path("groundingMetadata");
      if (grounding.path("webSearchQueries").isArray()) {
        grounding.path("webSearchQueries").forEach(searches::add);
      }
      for (JsonNode chunk : grounding.path("groundingChunks")) {
        maps |= chunk.path("maps").isObject();
      }
    }
    if (searches.isEmpty() && !maps) {
      return;
    }
    ObjectNode reduced = kept.putArray("candidates").addObject().putObject("groundingMetadata");
    if (!searches.isEmpty()) {
      ArrayNode numbers = reduced.putArray("webSearchQueries");
      for (int i = 1; i <= Math.min(searches.size(), MAX_SEARCHES); i++) {
        numbers.add(Integer.toString(i));
      }
    }
    if (maps) {
      reduced.putArray("groundingChunks").addObject().putObject("maps");
    }
  }

  private void keepSteps(String name) {
    ArrayNode reduced = NODES.arrayNode();
    for (JsonNode step : array(name)) {
      ObjectNode type = NODES.objectNode();
      putCounted(type, step, COUNTED_STEPS);
      if (!type.isEmpty()) {
        reduced.add(type);
      }
    }
    keepUnlessEmpty(name, reduced);
  }

  private void keepPredictions() {
    if (!answer.path("predictions").isArray()) {
      return;
    }
    ArrayNode reduced = kept.putArray("predictions");
    for (JsonNode prediction : array("predictions")) {
      ObjectNode counted = reduced.addObject();
      JsonNode tokens = prediction.path("embeddings").path("statistics").path("token_count");
      if (isQuantity(tokens)) {
        counted.putObject("embeddings").putObject("statistics").set("token_count", tokens);
      }
      if (prediction.path("bytesBase64Encoded").isTextual()) {
        counted.put("bytesBase64Encoded", "");
      }
    }
  }

  private static void putCounted(ObjectNode target, JsonNode item, Set<String> counted) {
    String type = item.path("type").asText();
    if (counted.contains(type)) {
      target.put("type", type);
    }
  }

  private void keepUnlessEmpty(String name, ArrayNode reduced) {
    if (!reduced.isEmpty()) {
      kept.set(name, reduced);
    }
  }

  private JsonNode array(String name) {
    JsonNode value = answer.path(name);
    return value.isArray() ? value : NODES.arrayNode();
  }
}
