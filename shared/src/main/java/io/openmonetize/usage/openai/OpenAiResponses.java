package io.openmonetize.usage.openai;

import io.openmonetize.events.Usage;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.SingleAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The Responses API: a response object, alone or in the terminal event of a stream. Created and
 * running responses have null usage; so have cancelled and, as far as seen, failed ones, though
 * text was generated.
 */
public final class OpenAiResponses extends SingleAnswer {
  private static final JsonPaths PATHS = ResponseObject.paths();
  private static final ResponseObject TOP = new ResponseObject(PATHS, "");
  private static final ResponseObject NESTED = new ResponseObject(PATHS, "response.");
  private static final int TYPE = PATHS.slot("type");
  private static final int FLAT_CODE = PATHS.slot("code");

  private final boolean readAgain;
  private @Nullable Measure measure;
  private @Nullable String status;

  /**
   * @param readAgain whether the request only looks at a response that another one ordered: then an
   *     unfinished one is nothing to book
   */
  public OpenAiResponses(@Nullable String requestedModel, boolean readAgain) {
    super(PATHS, requestedModel);
    this.readAgain = readAgain;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    if (values.is(TYPE, "error")) {
      String nested = TOP.errorType(values);
      state.failed(nested == null ? values.text(FLAT_CODE) : nested);
    } else if (alone) {
      understand(TOP, values);
    } else {
      understand(NESTED, values);
    }
  }

  private void understand(ResponseObject response, DocumentValues values) {
    response.identify(values, state);
    String said = response.status(values);
    status = said == null ? status : said;
    String error = response.errorType(values);
    if (error != null) {
      state.failed(error);
    }
    if (response.hasInvalidUsage(values)) {
      state.unreadable(AnswerState.INVALID_USAGE);
    }
    Measure measured = response.measure(values, state);
    if (measured != null) {
      measure = measured;
      state.usageRead(values);
      if (!isRunning()) {
        state.ended();
      }
    }
  }

  private boolean isRunning() {
    return "queued".equals(status) || "in_progress".equals(status);
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    if (measure == null && readAgain && end == AnswerEnd.WHOLE && isRunning()) {
      return state.reading(Usage.none("the response is not finished: nothing to book yet"));
    }
    return state.settle(end, measure, absence());
  }

  private String absence() {
    return switch (status == null ? "" : status) {
      case "queued", "in_progress" ->
          "the response is " + status + ": its usage comes with a later read";
      case "cancelled" -> "the response was cancelled: what it generated is billed and not said";
      case "failed" -> "the response failed: its usage is not said";
      default -> "no usage said";
    };
  }
}
