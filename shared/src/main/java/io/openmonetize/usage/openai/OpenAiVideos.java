package io.openmonetize.usage.openai;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.SingleAnswer;
import io.openmonetize.usage.reading.UsageObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A video ordered: the job that is answered says how many seconds it will have, as a string. It is
 * billed by the second when it succeeds, which no answer to this request can tell.
 */
public final class OpenAiVideos extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "id", "model", "seconds", "error.type", "error.status", "error.code", "error.message#");
  private static final int ID = PATHS.slot("id");
  private static final int MODEL = PATHS.slot("model");
  private static final int SECONDS = PATHS.slot("seconds");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private @Nullable Measure measure;

  public OpenAiVideos(@Nullable String requestedModel) {
    super(PATHS, requestedModel);
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    state.identify(values, MODEL, ID);
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
    } else if (values.isText(SECONDS)) {
      measure = measure(String.valueOf(values.text(SECONDS)));
      state.usageRead(values);
      state.ended();
    }
  }

  private @Nullable Measure measure(String seconds) {
    UsageObject job =
        UsageObject.of(
            new JsonValue.JsonObject(Map.of("seconds", new JsonValue.JsonNumber(seconds)), false));
    job.findings().guess("a video is billed once it is made");
    return job.quantity("seconds")
        .map(
            quantity ->
                new UsageLine(
                    state.workingModel(), TokenCounts.NONE, Map.of("video_seconds", quantity)))
        .map(line -> new Measure(List.of(line), PricingTerms.UNSAID, null, job.findings()))
        .orElse(null);
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    return state.settle(end, measure, "the video job does not say its length");
  }
}
