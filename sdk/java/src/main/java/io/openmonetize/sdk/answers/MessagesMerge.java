package io.openmonetize.sdk.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Anthropic's messages: {@code message_start} has all usage as known then, and each {@code
 * message_delta} totals that replace single fields of it.
 */
final class MessagesMerge implements Merge {
  private static final String WRITTEN = "cache_creation_input_tokens";
  private static final String SPLIT = "cache_creation";
  private static final String FIVE_MINUTES = "ephemeral_5m_input_tokens";
  private static final String ONE_HOUR = "ephemeral_1h_input_tokens";

  private final ObjectNode message = Merge.object().put("type", "message");
  private ObjectNode usage = Merge.object();
  private boolean corrected;
  private boolean splitIsStale;
  private boolean stopped;

  @Override
  public void add(JsonNode event) {
    switch (event.path("type").asText()) {
      case "message_start" -> {
        usage = Merge.object();
        corrected = false;
        splitIsStale = false;
        stopped = false;
        Merge.keepText(message, event.path("message"), "id");
        Merge.keepText(message, event.path("message"), "model");
        merge(event.path("message").path("usage"));
      }
      case "message_delta" -> {
        corrected |= Merge.says(event.path("usage"));
        merge(event.path("usage"));
      }
      // The output count of message_start is a running value: without a delta it is no total.
      case "message_stop" -> stopped = corrected;
      default -> {}
    }
  }

  private void merge(JsonNode said) {
    for (Map.Entry<String, JsonNode> field : said.properties()) {
      boolean known = usage.has(field.getKey()) || usage.size() < MAX_MEMBERS;
      if (!field.getValue().isNull() && known) {
        usage.set(field.getKey(), field.getValue());
      }
    }
    if (said.hasNonNull(SPLIT)) {
      splitIsStale = false;
    } else if (said.hasNonNull(WRITTEN)) {
      splitIsStale = true;
    }
  }

  @Override
  public boolean isWhole(boolean streamEnded) {
    return stopped;
  }

  @Override
  public ObjectNode answer() {
    ObjectNode answer = message.deepCopy();
    if (!usage.isEmpty()) {
      answer.set("usage", withSplitCorrected());
    }
    return answer;
  }

  /** A total that was corrected keeps the one life span that was split off before. */
  private ObjectNode withSplitCorrected() {
    ObjectNode whole = usage.deepCopy();
    long fiveMinutes = whole.path(SPLIT).path(FIVE_MINUTES).asLong();
    long oneHour = whole.path(SPLIT).path(ONE_HOUR).asLong();
    boolean one = fiveMinutes == 0 ^ oneHour == 0;
    if (splitIsStale && one && whole.path(WRITTEN).isIntegralNumber()) {
      ObjectNode split = (ObjectNode) whole.get(SPLIT);
      split.set(oneHour > 0 ? ONE_HOUR : FIVE_MINUTES, whole.get(WRITTEN));
    }
    return whole;
  }
}
