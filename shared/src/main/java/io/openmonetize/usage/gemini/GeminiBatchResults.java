package io.openmonetize.usage.gemini;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.JsonPaths;
import io.openmonetize.usage.json.JsonValue;
import io.openmonetize.usage.reading.AnswerInterpreter;
import io.openmonetize.usage.reading.AnswerState;
import io.openmonetize.usage.reading.BatchLines;
import io.openmonetize.usage.reading.ErrorFields;
import io.openmonetize.usage.reading.Measure;
import io.openmonetize.usage.reading.UsageObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a batch: lines of a file, or an array inside the batch itself once it has ended.
 * The batch holds that array twice, under {@code metadata.output} and under {@code response}; the
 * place that comes first is read. Embeddings say how many tokens they took and not by which model,
 * which is then the batch's, as far as it is said before them.
 */
public final class GeminiBatchResults implements AnswerInterpreter {
  private static final List<String> PLACES =
      Stream.of("metadata.output.", "response.")
          .flatMap(
              holder ->
                  Stream.of("inlinedResponses", "inlinedEmbedContentResponses")
                      .map(array -> holder + array + ".inlinedResponses.*"))
          .toList();
  private static final String BATCH_MODEL = "metadata.model";
  private static final JsonPaths LINE_PATHS = JsonPaths.of(members("").toArray(new String[0]));
  private static final JsonPaths BATCH_PATHS = batchPaths();

  private final BatchLines lines;
  private final boolean inlined;
  private final List<Result> places;
  private @Nullable Result place;

  /**
   * @param inlined whether the results stand inside the batch, and not in the lines of a file
   */
  public GeminiBatchResults(BatchLines lines, boolean inlined) {
    this.lines = lines;
    this.inlined = inlined;
    this.places =
        inlined
            ? PLACES.stream().map(array -> new Result(BATCH_PATHS, array + ".")).toList()
            : List.of(new Result(LINE_PATHS, ""));
  }

  private static List<String> members(String prefix) {
    List<String> members =
        new ArrayList<>(
            List.of(
                "key",
                "metadata.key",
                "response.responseId",
                "response.modelVersion",
                "response.usageMetadata",
                "response.tokenCount",
                "response.embedding#",
                "response.promptFeedback#",
                "response.candidates.*.content#"));
    Grounding.PATHS.forEach(path -> members.add("response." + path));
    members.addAll(ErrorFields.PATHS);
    return members.stream().map(prefix::concat).toList();
  }

  private static JsonPaths batchPaths() {
    List<String> paths = new ArrayList<>(List.of(BATCH_MODEL));
    for (String place : PLACES) {
      paths.add(place + "!");
      paths.addAll(members(place + "."));
    }
    return JsonPaths.of(paths.toArray(new String[0]));
  }

  @Override
  public JsonPaths paths() {
    return inlined ? BATCH_PATHS : LINE_PATHS;
  }

  @Override
  public void record(DocumentValues values) {
    for (Result candidate : places) {
      if (candidate.isIn(values) && (place == null || place == candidate)) {
        place = candidate;
        lines.add(
            candidate.key(values),
            candidate.reading(values, values.text(BATCH_PATHS.slot(BATCH_MODEL))));
      }
    }
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    if (!inlined && values.isWhole() && places.getFirst().isIn(values)) {
      lines.add(places.getFirst().key(values), places.getFirst().reading(values, null));
    }
  }

  @Override
  public void unreadable(String reason) {
    lines.unread(reason);
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    return lines.settle(end, false);
  }

  /** Where the members of one result stand. */
  private static final class Result {
    private final int key;
    private final int metadataKey;
    private final int id;
    private final int model;
    private final int usage;
    private final int tokenCount;
    private final int[] contents;
    private final JsonPaths paths;
    private final String answer;
    private final ErrorFields error;

    Result(JsonPaths paths, String prefix) {
      this.paths = paths;
      answer = prefix + "response.";
      tokenCount = paths.slot(answer + "tokenCount");
      contents =
          Stream.of("embedding#", "promptFeedback#", "candidates.*.content#")
              .mapToInt(path -> paths.slot(answer + path))
              .toArray();
      key = paths.slot(prefix + "key");
      metadataKey = paths.slot(prefix + "metadata.key");
      id = paths.slot(prefix + "response.responseId");
      model = paths.slot(prefix + "response.modelVersion");
      usage = paths.slot(prefix + "response.usageMetadata");
      error = new ErrorFields(paths, prefix);
    }

    boolean isIn(DocumentValues values) {
      return values.has(usage)
          || values.has(id)
          || values.has(tokenCount)
          || error.isIn(values)
          || IntStream.of(contents).anyMatch(slot -> values.count(slot) > 0);
    }

    @Nullable String key(DocumentValues values) {
      String own = values.text(key);
      return own == null ? values.text(metadataKey) : own;
    }

    UsageReading reading(DocumentValues values, @Nullable String batchModel) {
      AnswerState state = new AnswerState(batchModel);
      state.identify(values, model, id);
      state.ended();
      if (error.isIn(values)) {
        state.failed(error.typeIn(values));
        return state.reading(Usage.none("the request did not succeed: nothing is billed"));
      }
      UsageObject object = UsageObject.of(values.object(usage).orElse(JsonValue.JsonObject.EMPTY));
      Measure measure = null;
      if (GeminiUsage.METADATA.isSaid(object)) {
        Map<String, BigDecimal> units = new Grounding(paths, answer).read(values).units();
        UsageLine line =
            new UsageLine(state.workingModel(), GeminiUsage.METADATA.tokens(object), units);
        measure =
            new Measure(List.of(line), PricingTerms.UNSAID, values.raw(usage), object.findings());
      } else if (values.has(tokenCount)) {
        measure = embedding(values, state);
      }
      return state.settle(
          AnswerEnd.WHOLE, measure == null ? null : measure.inTier("batch"), "no usage said");
    }

    /** The count is a string, as the protocol's long numbers are in JSON. */
    private Measure embedding(DocumentValues values, AnswerState state) {
      String text = values.text(tokenCount);
      String digits = text == null ? values.raw(tokenCount) : text;
      UsageObject said =
          UsageObject.of(
              new JsonValue.JsonObject(
                  Map.of("tokenCount", new JsonValue.JsonNumber(digits)), false));
      UsageLine line =
          new UsageLine(
              state.workingModel(), TokenCounts.of(TokenClass.INPUT, said.count("tokenCount")));
      String raw = "{\"tokenCount\":" + values.raw(tokenCount) + "}";
      return new Measure(List.of(line), PricingTerms.UNSAID, raw, said.findings());
    }
  }
}
