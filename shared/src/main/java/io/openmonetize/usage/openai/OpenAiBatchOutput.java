package io.openmonetize.usage.openai;

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
                  Stream.of("custom_id", "response.status_code", BODY + "object"),
                  Stream.concat(ErrorFields.PATHS.stream(), ResponseObject.members(BODY).stream()))
              .toArray(String[]::new));
  private static final int CUSTOM_ID = PATHS.slot("custom_id");
  private static final int STATUS = PATHS.slot("response.status_code");
  private static final int OBJECT = PATHS.slot(BODY + "object");
  private static final int ID = PATHS.slot(BODY + "id");

  /**
   * An answer of the Responses API; those of the others have their few members in common with it.
   */
  private static final ResponseObject ANSWER = new ResponseObject(PATHS, BODY);

  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

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
    String id = values.text(ID);
    if (id != null && id.startsWith("modr-")) {
      return state.reading(Usage.none("moderations are free"));
    }
    Measure measure = ANSWER.measure(values, state, kind(values));
    state.usageRead(values);
    return state.settle(
        AnswerEnd.WHOLE, measure == null ? null : measure.inTier("batch"), "no usage said");
  }

  /** Only answers with images do not say which kind of object they are. */
  private static OpenAiUsage kind(DocumentValues values) {
    String object = values.text(OBJECT);
    if (object == null) {
      return OpenAiUsage.IMAGES;
    }
    return object.equals("list") ? OpenAiUsage.EMBEDDINGS : OpenAiUsage.TEXT;
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
