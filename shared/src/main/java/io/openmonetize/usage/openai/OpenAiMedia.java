package io.openmonetize.usage.openai;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Findings;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.SingleAnswer;
import io.openmonetize.usage.reading.UsageObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Images, transcripts and speech: usage at the top of the body, or of the event in which a stream
 * completes. By model it is tokens, or seconds of sound, or nothing at all for models that are
 * priced by the image.
 */
public final class OpenAiMedia extends SingleAnswer {
  /** What a medium's tokens are where their details do not say. */
  public enum Medium {
    IMAGE(OpenAiUsage.IMAGES),
    TRANSCRIPT(new OpenAiUsage(TokenClass.INPUT_AUDIO, TokenClass.OUTPUT)),
    SPEECH(new OpenAiUsage(TokenClass.INPUT, TokenClass.OUTPUT_AUDIO));

    private final OpenAiUsage usage;

    Medium(OpenAiUsage usage) {
      this.usage = usage;
    }
  }

  private static final JsonPaths PATHS =
      JsonPaths.of(
          "id",
          "model",
          "usage",
          "svg_usage",
          "duration",
          "data.*#",
          "error.type",
          "error.status",
          "error.code",
          "error.message#");
  private static final int ID = PATHS.slot("id");
  private static final int MODEL = PATHS.slot("model");
  private static final int USAGE = PATHS.slot("usage");
  private static final int SVG_USAGE = PATHS.slot("svg_usage");
  private static final int DURATION = PATHS.slot("duration");
  private static final int IMAGES = PATHS.slot("data.*#");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private final Medium medium;
  private @Nullable Measure measure;
  private int images;
  private int measures;

  public OpenAiMedia(@Nullable String requestedModel, Medium medium) {
    super(PATHS, requestedModel);
    this.medium = medium;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    state.identify(values, MODEL, ID);
    images = values.count(IMAGES);
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
      return;
    }
    if (alone) {
      state.ended();
    }
    if (!values.isObject(USAGE)) {
      measure = measure == null ? measureWithoutUsage(values) : measure;
      return;
    }
    Optional<UsageObject> usage = values.object(USAGE).map(UsageObject::of);
    if (usage.isEmpty()) {
      state.unreadable(AnswerState.INVALID_USAGE);
      return;
    }
    // Only the event that completes a stream has usage.
    measure = measure(usage.get(), values);
    measures++;
    state.usageRead(values);
    state.ended();
  }

  private @Nullable Measure measure(UsageObject usage, DocumentValues values) {
    if ("duration".equals(usage.text("type"))) {
      return seconds(usage, values.raw(USAGE));
    }
    if (!OpenAiUsage.isSaid(usage)) {
      return null;
    }
    List<UsageLine> lines = new ArrayList<>();
    lines.add(new UsageLine(state.workingModel(), medium.usage.tokens(usage)));
    String raw = values.raw(USAGE);
    Optional<UsageObject> svg =
        values.object(SVG_USAGE).map(fields -> new UsageObject(fields, usage.findings()));
    if (svg.isPresent() && OpenAiUsage.isSaid(svg.get())) {
      lines.add(svgLine(svg.get()));
      raw = "{\"usage\":" + raw + ",\"svg_usage\":" + values.raw(SVG_USAGE) + "}";
    }
    return new Measure(lines, PricingTerms.UNSAID, raw, usage.findings());
  }

  /** Vector images are written by another model. */
  private UsageLine svgLine(UsageObject svg) {
    String model = svg.text("model");
    return new UsageLine(model == null ? "svg" : model, OpenAiUsage.TEXT.tokens(svg));
  }

  private @Nullable Measure seconds(UsageObject usage, String raw) {
    if (!usage.mentions("seconds")) {
      return null;
    }
    Map<String, BigDecimal> units =
        usage.quantity("seconds").map(seconds -> Map.of("seconds", seconds)).orElse(Map.of());
    UsageLine line = new UsageLine(state.workingModel(), TokenCounts.NONE, units);
    return new Measure(List.of(line), PricingTerms.UNSAID, raw, usage.findings());
  }

  /** Verbose transcripts of older recordings say how long the sound was, though not as usage. */
  private @Nullable Measure measureWithoutUsage(DocumentValues values) {
    if (medium != Medium.TRANSCRIPT || !values.has(DURATION)) {
      return null;
    }
    // Some recordings have it as a string.
    String text = values.text(DURATION);
    String duration = text == null ? values.raw(DURATION) : text;
    UsageObject usage =
        UsageObject.of(
            new JsonValue.JsonObject(Map.of("seconds", new JsonValue.JsonNumber(duration)), false));
    usage.findings().guess("seconds are taken from the transcript's duration");
    return seconds(usage, "{\"duration\":" + values.raw(DURATION) + "}");
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    Measure settled = measure;
    if (settled != null && measures > 1) {
      settled.findings().guess("several events have usage: the last is taken");
    }
    if (settled == null && medium == Medium.IMAGE && images > 0 && isPricedByImage()) {
      settled = countedImages();
    }
    return state.settle(end, settled, "no usage said");
  }

  private boolean isPricedByImage() {
    String model = state.workingModel();
    return model != null && (model.startsWith("dall-e") || model.startsWith("imagen"));
  }

  private Measure countedImages() {
    Findings findings = new Findings();
    findings.guess("images are counted, their size and quality are the request's");
    UsageLine line =
        new UsageLine(
            state.workingModel(), TokenCounts.NONE, Map.of("images", BigDecimal.valueOf(images)));
    return new Measure(List.of(line), PricingTerms.UNSAID, null, findings);
  }
}
