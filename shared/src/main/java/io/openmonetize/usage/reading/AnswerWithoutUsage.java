package io.openmonetize.usage.reading;

import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import org.jspecify.annotations.Nullable;

/** An answer that is billed and never says for how much. */
public final class AnswerWithoutUsage extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of("id", "model", "error.type", "error.status", "error.code", "error.message#");
  private static final int ID = PATHS.slot("id");
  private static final int MODEL = PATHS.slot("model");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private final String reason;

  public AnswerWithoutUsage(@Nullable String requestedModel, String reason) {
    super(PATHS, requestedModel);
    this.reason = reason;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    state.identify(values, MODEL, ID);
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
    }
  }

  @Override
  public void unreadable(String ofNoUse) {}

  @Override
  public UsageReading settle(AnswerEnd end) {
    return state.settle(AnswerEnd.WHOLE, null, reason);
  }
}
