package io.openmonetize.usage.openai;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Usage;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.reading.AnswerInterpreter;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.BatchLines;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Measure;
import java.util.stream.Stream;

/**
 * The content of a file, which is the output of a batch if its lines are: each holds the answer to
 * one request, of whichever endpoint. All of it is billed at the batch's price, whatever tier the
 * answers name.
 */
public final class OpenAiBatchOutput implements AnswerInterpreter {
  private static final String BODY = "response.body.";
  private static final JsonPaths PATHS =
      JsonPaths.of(
          Stream.concat(
                  Stream.of("custom_id", "response.status_code"),
                  Stream.concat(ErrorFields.PATHS.stream(), ResponseObject.members(BODY).stream()))
              .toArray(String[]::new));
  private static final int CUSTOM_ID = PATHS.slot("custom_id");
  private static final int STATUS = PATHS.slot("response.status_code");

  /**
   * An answer of the Responses API; those of the others have their few members in common with it.
   */
  private static final ResponseObject ANSWER = new ResponseObject(PATHS, BODY);

  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");
  private static final PricingTerms BATCH = new PricingTerms("batch", null, null);

  private final BatchLines lines;

  public OpenAiBatchOutput(BatchLines lines) {
    this.lines = lines;
  }

  @Override
  public JsonPaths paths() {
    return PATHS;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    boolean isResult = values.has(STATUS) || ERROR.isIn(values);
    if (values.isWhole() && isResult) {
      lines.add(values.text(CUSTOM_ID), reading(values));
    }
  }

  private static UsageReading reading(DocumentValues values) {
    AnswerState state = new AnswerState(null);
    ANSWER.identify(values, state);
    state.ended();
    if (!values.raw(STATUS).startsWith("2")) {
      String inside = ANSWER.errorType(values);
      state.failed(inside == null ? ERROR.typeIn(values) : inside);
      return state.reading(Usage.none("the request did not succeed: nothing is billed"));
    }
    Measure measure = ANSWER.measure(values, state);
    if (measure != null) {
      measure = new Measure(measure.lines(), BATCH, measure.raw(), measure.findings());
    }
    state.usageRead(values);
    return state.settle(AnswerEnd.WHOLE, measure, "no usage said");
  }

  @Override
  public void unreadable(String reason) {
    lines.unread(reason);
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    return lines.settle(end, false);
  }
}
