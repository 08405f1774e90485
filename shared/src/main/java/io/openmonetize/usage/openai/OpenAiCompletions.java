package io.openmonetize.usage.openai;

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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions, legacy completions and embeddings, whole or streamed: one {@code usage} at the
 * top. In a stream it is null but in the last chunk, and absent unless the request asked for it;
 * servers that only speak this language may repeat running totals, so the last one counts.
 */
public final class OpenAiCompletions extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "id",
          "model",
          "service_tier",
          "usage",
          "error.type",
          "error.status",
          "error.code",
          "error.message#");
  private static final int ID = PATHS.slot("id");
  private static final int MODEL = PATHS.slot("model");
  private static final int SERVICE_TIER = PATHS.slot("service_tier");
  private static final int USAGE = PATHS.slot("usage");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private final boolean streamAsked;
  private final boolean thinkingBeside;
  private final KeptValue serviceTier = new KeptValue();
  private final KeptValue usage = new KeptValue();
  private boolean streamed;

  /**
   * @param thinkingBeside whether the total holds thinking that the output count does not: so at
   *     Google's endpoint of this kind
   */
  public OpenAiCompletions(
      @Nullable String requestedModel, boolean streamAsked, boolean thinkingBeside) {
    super(PATHS, requestedModel);
    this.streamAsked = streamAsked;
    this.thinkingBeside = thinkingBeside;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    streamed |= !alone;
    state.identify(values, MODEL, ID);
    serviceTier.offerText(values, SERVICE_TIER);
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
    }
    if (values.isObject(USAGE)) {
      values.copy(USAGE, usage);
      state.usageRead(values);
    }
    if (alone) {
      endMark();
    }
  }

  @Override
  public void endMark() {
    if (!state.hasFailed()) {
      state.ended();
    }
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    if (streamed && end == AnswerEnd.WHOLE) {
      // The usage comes last; servers that only speak this language leave the end mark out.
      endMark();
    }
    String absence = streamed || streamAsked ? "the stream carried no usage" : "no usage said";
    return state.settle(end, measure(), absence);
  }

  private @Nullable Measure measure() {
    Optional<JsonValue.JsonObject> object = usage.object();
    if (!usage.isEmpty() && object.isEmpty()) {
      state.unreadable(AnswerState.INVALID_USAGE);
    }
    return object.map(UsageObject::of).filter(OpenAiUsage::isSaid).map(this::measure).orElse(null);
  }

  private Measure measure(UsageObject object) {
    long beside = thinkingBeside ? OpenAiUsage.excess(object) : 0;
    if (beside > 0) {
      object.findings().guess("thinking is inferred from total_tokens");
    }
    UsageLine line = new UsageLine(state.workingModel(), OpenAiUsage.TEXT.tokens(object, beside));
    return new Measure(
        List.of(line), AnswerState.tier(serviceTier.text()), usage.raw(), object.findings());
  }
}
