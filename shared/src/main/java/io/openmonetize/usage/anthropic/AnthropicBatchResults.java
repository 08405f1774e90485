package io.openmonetize.usage.anthropic;

import io.openmonetize.events.Usage;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.AnswerInterpreter;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.BatchLines;
import io.openmonetize.usage.reading.Measure;

/**
 * {@code GET /v1/messages/batches/{id}/results}: a line for each request, in any order. Only those
 * that succeeded are billed, all of them at the batch's price, whatever tier they name or leave
 * out.
 */
public final class AnthropicBatchResults implements AnswerInterpreter {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "custom_id",
          "result.type",
          "result.message.id",
          "result.message.model",
          "result.message.usage",
          "result.error.error.type",
          "result.error.type");
  private static final int CUSTOM_ID = PATHS.slot("custom_id");
  private static final int RESULT = PATHS.slot("result.type");
  private static final int ID = PATHS.slot("result.message.id");
  private static final int MODEL = PATHS.slot("result.message.model");
  private static final int USAGE = PATHS.slot("result.message.usage");
  private static final int INNER_ERROR = PATHS.slot("result.error.error.type");
  private static final int ERROR = PATHS.slot("result.error.type");

  private final BatchLines lines;

  public AnthropicBatchResults(BatchLines lines) {
    this.lines = lines;
  }

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    if (values.isWhole()) {
      lines.add(values.text(CUSTOM_ID), reading(values));
    }
  }

  private static UsageReading reading(DocumentValues values) {
    AnswerState state = new AnswerState(null);
    state.identify(values, MODEL, ID);
    state.ended();
    if (values.is(RESULT, "succeeded")) {
      JsonValue.JsonObject usage = values.object(USAGE).orElse(JsonValue.JsonObject.EMPTY);
      Measure measure =
          AnthropicUsage.measure(usage, state.workingModel(), false, values.raw(USAGE));
      state.usageRead(values);
      return state.settle(
          AnswerEnd.WHOLE, measure == null ? null : measure.inTier("batch"), "no usage said");
    }
    String result = values.text(RESULT);
    String inner = values.text(INNER_ERROR);
    String error = inner == null ? values.text(ERROR) : inner;
    state.failed(error == null ? result : error);
    if (result == null) {
      return state.reading(Usage.missing("the line has no result"));
    }
    return state.reading(Usage.none("the request did not succeed: nothing is billed"));
  }

  @Override
  public void unreadable(String reason) {
    lines.unread(reason);
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    return lines.settle(end, true);
  }
}
