package io.openmonetize.usage.gemini;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Findings;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.SingleAnswer;
import io.openmonetize.usage.reading.UsageObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Vertex's {@code :predict}: each embedding with the count of its tokens, or images, which are
 * priced by their number.
 */
public final class GeminiPredict extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "predictions.*.embeddings.statistics",
          "predictions.*.bytesBase64Encoded#",
          "error.type",
          "error.status",
          "error.code",
          "error.message#");
  private static final int STATISTICS = PATHS.slot("predictions.*.embeddings.statistics");
  private static final int IMAGES = PATHS.slot("predictions.*.bytesBase64Encoded#");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private @Nullable Measure measure;

  public GeminiPredict(@Nullable String requestedModel) {
    super(PATHS, requestedModel);
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
      return;
    }
    Findings findings = new Findings();
    if (values.has(STATISTICS)) {
      long tokens = 0;
      for (JsonValue element : values.all(STATISTICS).elements()) {
        if (element instanceof JsonValue.JsonObject statistics) {
          tokens += new UsageObject(statistics, findings).count("token_count");
        }
      }
      UsageLine line =
          new UsageLine(state.workingModel(), TokenCounts.of(TokenClass.INPUT, tokens));
      String raw = "[" + values.raw(STATISTICS) + "]";
      measure = new Measure(List.of(line), PricingTerms.UNSAID, raw, findings);
    } else if (values.count(IMAGES) > 0) {
      findings.guess("images are counted, their size and quality are the request's");
      UsageLine line =
          new UsageLine(
              state.workingModel(),
              TokenCounts.NONE,
              Map.of("images", BigDecimal.valueOf(values.count(IMAGES))));
      measure = new Measure(List.of(line), PricingTerms.UNSAID, null, findings);
    }
    state.usageRead(values);
    state.ended();
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    return state.settle(end, measure, "no usage said");
  }
}
