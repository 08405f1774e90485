package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gemini's content: each chunk has usage, of which the last counts, whole; what is absent there is
 * zero. The first chunks of Vertex have only the tier.
 */
final class GenerateMerge implements Merge {
  private static final int MAX_SEARCHES = 1000;

  private final ObjectNode answer = Merge.object();
  private final Set<JsonNode> searches = new LinkedHashSet<>();
  private ObjectNode counts = Merge.object();
  private ObjectNode bare = Merge.object();
  private boolean maps;
  private boolean failed;

  @Override
  public void add(JsonNode event) {
    Merge.keepText(answer, event, "responseId");
    Merge.keepText(answer, event, "modelVersion");
    failed |= Merge.says(event.path("error"));
    if (event.path("promptFeedback").hasNonNull("blockReason")) {
      answer.set("promptFeedback", event.get("promptFeedback").deepCopy());
    }
    if (event.path("usageMetadata") instanceof ObjectNode usage && !usage.isEmpty()) {
      if (hasCounts(usage)) {
        counts = usage.deepCopy();
      } else {
        bare = usage.deepCopy();
      }
    }
    for (JsonNode candidate : event.path("candidates")) {
      readGrounding(candidate.path("groundingMetadata"));
    }
  }

  private static boolean hasCounts(ObjectNode usage) {
    return usage.properties().stream().anyMatch(field -> field.getKey().endsWith("TokenCount"));
  }

  private void readGrounding(JsonNode grounding) {
    if (grounding.path("webSearchQueries").isArray()) {
      for (JsonNode search : grounding.path("webSearchQueries")) {
        if (searches.size() < MAX_SEARCHES) {
          searches.add(search);
        }
      }
    }
    for (JsonNode chunk : grounding.path("groundingChunks")) {
      maps |= chunk.hasNonNull("maps");
    }
  }

  /** No mark ends this stream. */
  @Override
  public boolean isWhole(boolean streamEnded) {
    return streamEnded && !failed;
  }

  @Override
  public ObjectNode answer() {
    ObjectNode whole = answer.deepCopy();
    if (!counts.isEmpty()) {
      whole.set("usageMetadata", withTier());
    } else if (!bare.isEmpty()) {
      whole.set("usageMetadata", bare);
    }
    if (!searches.isEmpty() || maps) {
      ObjectNode grounding =
          whole.putArray("candidates").addObject().putObject("groundingMetadata");
      searches.forEach(grounding.withArray("webSearchQueries")::add);
      if (maps) {
        grounding.putArray("groundingChunks").addObject().putObject("maps");
      }
    }
    return whole;
  }

  private ObjectNode withTier() {
    ObjectNode usage = counts.deepCopy();
    if (!usage.hasNonNull("serviceTier") && !usage.hasNonNull("trafficType")) {
      for (String name : List.of("serviceTier", "trafficType")) {
        if (bare.hasNonNull(name)) {
          usage.set(name, bare.get(name));
        }
      }
    }
    return usage;
  }
}
