package io.openmonetize.usage.gemini;

import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.json.KeptValue;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.SingleAnswer;
import io.openmonetize.usage.reading.UsageObject;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code generateContent} and {@code streamGenerateContent}, and embeddings, which say their usage
 * in the same place.
 *
 * <p>Every chunk of a stream has its own {@code usageMetadata}. Tool steps start it anew, so it is
 * not monotonic: the last one counts, whole, and what is absent there is zero. No mark ends a
 * stream; only its transport does.
 */
public final class GeminiGenerate extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "responseId",
          "modelVersion",
          "usageMetadata",
          "promptFeedback.blockReason",
          "candidates.*.groundingMetadata.webSearchQueries",
          "error.type",
          "error.status",
          "error.code",
          "error.message#");
  private static final int ID = PATHS.slot("responseId");
  private static final int MODEL = PATHS.slot("modelVersion");
  private static final int USAGE = PATHS.slot("usageMetadata");
  private static final int BLOCK_REASON = PATHS.slot("promptFeedback.blockReason");
  private static final int QUERIES = PATHS.slot("candidates.*.groundingMetadata.webSearchQueries");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  /** More searches than this are not told apart. */
  private static final int MAX_QUERIES = 1000;

  private final KeptValue usage = new KeptValue();
  private final Set<JsonValue> queries = new HashSet<>();
  private boolean streamed;
  private boolean blocked;

  public GeminiGenerate(@Nullable String requestedModel) {
    super(PATHS, requestedModel);
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    streamed |= !alone;
    state.identify(values, MODEL, ID);
    blocked |= values.has(BLOCK_REASON);
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
    }
    if (values.isObject(USAGE)) {
      values.copy(USAGE, usage);
      state.usageRead(values);
    }
    if (values.has(QUERIES)) {
      countQueries(values);
    }
    if (alone && !state.hasFailed()) {
      state.ended();
    }
  }

  /** Chunks repeat the searches of their step, so each is counted once by its words. */
  private void countQueries(DocumentValues values) {
    for (JsonValue ofCandidate : values.all(QUERIES).elements()) {
      if (ofCandidate instanceof JsonValue.JsonArray array && queries.size() < MAX_QUERIES) {
        queries.addAll(array.elements());
      }
    }
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    if (streamed && end == AnswerEnd.WHOLE && !state.hasFailed()) {
      state.ended();
    }
    String absence = blocked ? "the prompt was blocked and no usage said" : "no usage said";
    return state.settle(end, measure(), absence);
  }

  private @Nullable Measure measure() {
    Optional<JsonValue.JsonObject> object = usage.object();
    if (!usage.isEmpty() && object.isEmpty()) {
      state.unreadable(AnswerState.INVALID_USAGE);
    }
    return object
        .map(UsageObject::of)
        .filter(GeminiUsage.METADATA::isSaid)
        .map(this::measure)
        .orElse(null);
  }

  private Measure measure(UsageObject object) {
    Map<String, BigDecimal> units =
        queries.isEmpty()
            ? Map.of()
            : Map.of(
                "grounded_prompts",
                BigDecimal.ONE,
                "web_searches",
                BigDecimal.valueOf(queries.size()));
    UsageLine line =
        new UsageLine(state.workingModel(), GeminiUsage.METADATA.tokens(object), units);
    return new Measure(
        List.of(line), AnswerState.tier(GeminiUsage.tier(object)), usage.raw(), object.findings());
  }
}
