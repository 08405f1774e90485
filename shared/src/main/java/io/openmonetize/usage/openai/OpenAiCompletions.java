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
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions, legacy completions and embeddings, whole or streamed: one {@code usage} at the
 * top. In a stream it is null but in the last chunk, and absent unless the request asked for it;
 * servers that only speak this language may repeat running totals, so the last one counts.
 */
public final class OpenAiCompletions extends SingleAnswer {
  /** Who speaks this language, as far as it decides how the numbers are meant. */
  public enum Dialect {
    TEXT,
    EMBEDDINGS,
    /** Google's total holds thinking that its output count does not. */
    GOOGLE
  }

  private static final JsonPaths PATHS =
      JsonPaths.of(
          "id",
          "model",
          "service_tier",
          "usage",
          "choices.*#",
          "error.type",
          "error.status",
          "error.code",
          "error.message#");
  private static final int ID = PATHS.slot("id");
  private static final int MODEL = PATHS.slot("model");
  private static final int SERVICE_TIER = PATHS.slot("service_tier");
  private static final int USAGE = PATHS.slot("usage");
  private static final int CHOICES = PATHS.slot("choices.*#");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");
  private static final Pattern SEARCH_PREVIEW =
      Pattern.compile("^gpt-.*-search-preview(-[0-9-]+)?$");
  private static final Pattern SEARCH_API = Pattern.compile("^gpt-.*-search-api(-[0-9-]+)?$");

  private final boolean streamAsked;
  private final Dialect dialect;
  private final KeptValue serviceTier = new KeptValue();
  private final KeptValue usage = new KeptValue();
  private boolean streamed;

  public OpenAiCompletions(@Nullable String requestedModel, boolean streamAsked, Dialect dialect) {
    super(PATHS, requestedModel);
    this.streamAsked = streamAsked;
    this.dialect = dialect;
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
    // The chunk that has no choices is the one for the usage, so nothing but the end mark follows.
    boolean last = values.isWhole() && values.isObject(USAGE) && values.count(CHOICES) == 0;
    if (alone || last) {
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

  /**
   * The search of a model that searches before each answer, which is billed and not said: one, as
   * the guide to web search has it ("always retrieves information from the web").
   */
  private Map<String, BigDecimal> searches(UsageObject object) {
    String model = state.workingModel();
    if (dialect != Dialect.TEXT || model == null) {
      return Map.of();
    }
    boolean preview = SEARCH_PREVIEW.matcher(model).find();
    if (!preview && !SEARCH_API.matcher(model).find()) {
      return Map.of();
    }
    object.findings().guess("this model searches for each answer, and does not say how often");
    return Map.of(preview ? "preview_searches" : "web_searches", BigDecimal.ONE);
  }

  private Measure measure(UsageObject object) {
    long beside = dialect == Dialect.GOOGLE ? OpenAiUsage.excess(object) : 0;
    if (beside > 0 && !OpenAiUsage.saysBeside(object, beside)) {
      object.findings().guess("thinking is inferred from total_tokens");
    }
    OpenAiUsage usual = dialect == Dialect.EMBEDDINGS ? OpenAiUsage.EMBEDDINGS : OpenAiUsage.TEXT;
    UsageLine line =
        new UsageLine(state.workingModel(), usual.tokens(object, beside), searches(object));
    return new Measure(
        List.of(line), AnswerState.tier(serviceTier.text()), usage.raw(), object.findings());
  }
}
