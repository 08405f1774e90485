package io.openmonetize.usage.reading;

import io.openmonetize.events.Usage;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;

/** An answer that is a provider's error: nothing is billed, and only its type is of interest. */
public final class ErrorAnswer extends SingleAnswer {
  private static final JsonPaths PATHS = JsonPaths.of(ErrorFields.PATHS);
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private final int status;

  public ErrorAnswer(int status) {
    super(PATHS, null);
    this.status = status;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
    }
  }

  @Override
  public void unreadable(String reason) {}

  @Override
  public UsageReading settle(AnswerEnd end) {
    return state.reading(Usage.none("the provider answered " + status));
  }
}
