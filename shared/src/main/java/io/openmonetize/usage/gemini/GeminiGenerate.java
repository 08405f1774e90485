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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code generateContent} and {@code streamGenerateContent}, and embeddings, which say their usage
 * in the same place.
 *
 * <p>Every chunk of a stream has its own {@code usageMetadata}. Tool steps start it anew, so it is
 * not monotonic: the last one counts, whole, and what is absent there is zero. No mark ends a
 * stream; only its transport does. An object without any count says nothing of them and replaces
 * none.
 */
public final class GeminiGenerate extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          Stream.of(
                  List.of(
                      "responseId", "modelVersion", "usageMetadata", "promptFeedback.blockReason"),
                  Grounding.PATHS,
                  ErrorFields.PATHS)
              .flatMap(List::stream)
              .toList());
  private static final int ID = PATHS.slot("responseId");
  private static final int MODEL = PATHS.slot("modelVersion");
  private static final int USAGE = PATHS.slot("usageMetadata");
  private static final int BLOCK_REASON = PATHS.slot("promptFeedback.blockReason");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  /** What the names of all counts end in. */
  private static final byte[] COUNT_NAMES = "TokenCount\"".getBytes(StandardCharsets.US_ASCII);

  private final KeptValue usage = new KeptValue();

  /** The last that had no counts: the first chunks of Vertex, and now and then its last one. */
  private final KeptValue bareUsage = new KeptValue();

  private final Grounding grounding = new Grounding(PATHS, "");
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
      if (values.contains(USAGE, COUNT_NAMES)) {
        values.copy(USAGE, usage);
        state.usageRead(values);
      } else {
        values.copy(USAGE, bareUsage);
      }
    }
    grounding.read(values);
    if (alone && !state.hasFailed()) {
      state.ended();
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
    UsageLine line =
        new UsageLine(state.workingModel(), GeminiUsage.METADATA.tokens(object), grounding.units());
    String tier = GeminiUsage.tier(object);
    if (tier == null) {
      tier = bareUsage.object().map(UsageObject::of).map(GeminiUsage::tier).orElse(null);
    }
    return new Measure(List.of(line), AnswerState.tier(tier), usage.raw(), object.findings());
  }
}
