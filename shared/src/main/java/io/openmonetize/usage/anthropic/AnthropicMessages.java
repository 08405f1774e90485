package io.openmonetize.usage.anthropic;

import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.SingleAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/messages}, whole or streamed.
 *
 * <p>A stream tells its usage twice: {@code message_start} has all of it as known then, and each
 * {@code message_delta} the totals so far of some fields, which correct the earlier ones (a cache
 * read may go back to 0). So each field that is not null replaces its predecessor; nothing is
 * added.
 */
public final class AnthropicMessages extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "type",
          "id",
          "model",
          "usage",
          "message.id",
          "message.model",
          "message.usage",
          "error.type");
  private static final int TYPE = PATHS.slot("type");
  private static final int ID = PATHS.slot("id");
  private static final int MODEL = PATHS.slot("model");
  private static final int USAGE = PATHS.slot("usage");
  private static final int MESSAGE_ID = PATHS.slot("message.id");
  private static final int MESSAGE_MODEL = PATHS.slot("message.model");
  private static final int MESSAGE_USAGE = PATHS.slot("message.usage");
  private static final int ERROR_TYPE = PATHS.slot("error.type");

  /** How many usage objects of a stream are kept as they were written; there are two as a rule. */
  private static final int MAX_RAW = 4;

  private final Map<String, JsonValue> merged = new LinkedHashMap<>();
  private final List<String> raw = new ArrayList<>();
  private boolean streamed;
  private boolean corrected;
  private boolean splitIsStale;
  private boolean duplicated;

  public AnthropicMessages(@Nullable String requestedModel) {
    super(PATHS, requestedModel);
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    if (values.is(TYPE, "message_start")) {
      streamed = true;
      merged.clear();
      raw.clear();
      corrected = false;
      splitIsStale = false;
      state.restarted();
      state.identify(values, MESSAGE_MODEL, MESSAGE_ID);
      merge(values, MESSAGE_USAGE);
    } else if (values.is(TYPE, "message_delta")) {
      streamed = true;
      corrected |= values.isObject(USAGE);
      merge(values, USAGE);
    } else if (values.is(TYPE, "message_stop")) {
      // The output count of message_start is a running value: without a delta it is no total.
      if (corrected) {
        state.ended();
      }
    } else if (values.is(TYPE, "error")) {
      state.failed(values.text(ERROR_TYPE));
    } else if (alone) {
      state.identify(values, MODEL, ID);
      merge(values, USAGE);
      state.ended();
    }
  }

  private void merge(DocumentValues values, int slot) {
    if (!values.isObject(slot)) {
      return;
    }
    JsonValue.JsonObject usage = values.object(slot).orElse(null);
    if (usage == null) {
      state.unreadable(AnswerState.INVALID_USAGE);
      return;
    }
    usage.members().forEach(this::replace);
    if (said(usage, "cache_creation")) {
      splitIsStale = false;
    } else if (said(usage, "cache_creation_input_tokens")) {
      splitIsStale = true;
    }
    duplicated |= usage.duplicated();
    if (raw.size() == MAX_RAW) {
      raw.remove(1);
    }
    raw.add(values.raw(slot));
    state.usageRead(values);
  }

  private void replace(String name, JsonValue value) {
    if (value != JsonValue.JsonNull.NULL) {
      merged.put(name, value);
    }
  }

  private static boolean said(JsonValue.JsonObject usage, String name) {
    return usage.get(name) != JsonValue.JsonNull.NULL;
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    Measure measure =
        AnthropicUsage.measure(
            new JsonValue.JsonObject(merged, duplicated),
            state.workingModel(),
            splitIsStale,
            // What is merged cannot be verbatim; the objects that it was merged from are.
            streamed ? "[" + String.join(",", raw) + "]" : String.join("", raw));
    return state.settle(end, measure, "the answer holds no usage");
  }
}
