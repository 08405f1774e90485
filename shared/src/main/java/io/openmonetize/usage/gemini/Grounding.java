package io.openmonetize.usage.gemini;

import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an answer says of its grounding. A model is billed by the grounded prompt or by the search,
 * as its price page has it, so both are counted; grounding in maps is billed apart.
 */
final class Grounding {
  private static final String METADATA = "candidates.*.groundingMetadata.";

  /** The paths that must be wanted for this to find anything, below where an answer stands. */
  static final List<String> PATHS =
      List.of(METADATA + "webSearchQueries", METADATA + "groundingChunks.*.maps#");

  /** More searches than this are not told apart. */
  private static final int MAX_QUERIES = 1000;

  private final int queries;
  private final int maps;
  private final Set<JsonValue> searched = new HashSet<>();
  private boolean mapped;

  Grounding(JsonPaths paths, String prefix) {
    queries = paths.slot(prefix + PATHS.get(0));
    maps = paths.slot(prefix + PATHS.get(1));
  }

  /** Takes in a document. Chunks repeat the searches of their step: each counts by its words. */
  Grounding read(DocumentValues values) {
    if (values.has(queries)) {
      for (JsonValue ofCandidate : values.all(queries).elements()) {
        if (ofCandidate instanceof JsonValue.JsonArray array && searched.size() < MAX_QUERIES) {
          searched.addAll(array.elements());
        }
      }
    }
    mapped |= values.count(maps) > 0;
    return this;
  }

  Map<String, BigDecimal> units() {
    return units(searched.size(), mapped ? 1 : 0, 0);
  }

  /**
   * The units of so many uses.
   *
   * @param mapPrompts 1 where anything was looked up in maps, else 0
   * @param mapSearches how often, where that is said
   */
  static Map<String, BigDecimal> units(long searches, long mapPrompts, long mapSearches) {
    Map<String, BigDecimal> units = new TreeMap<>();
    put(units, "grounded_prompts", Math.min(1, searches));
    put(units, "web_searches", searches);
    put(units, "map_prompts", mapPrompts);
    put(units, "map_searches", mapSearches);
    return units;
  }

  private static void put(Map<String, BigDecimal> units, String name, long count) {
    if (count > 0) {
      units.put(name, BigDecimal.valueOf(count));
    }
  }
}
