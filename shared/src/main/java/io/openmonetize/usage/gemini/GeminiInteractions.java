package io.openmonetize.usage.gemini;

import io.openmonetize.events.Usage;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1beta/interactions}: an interaction, alone or in the events of a stream, with its usage
 * when it has come to an end.
 */
public final class GeminiInteractions extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          Stream.of(
                  List.of("event_type", "step.type", "content.type"),
                  Slots.members(""),
                  Slots.members("interaction."),
                  ErrorFields.PATHS)
              .flatMap(List::stream)
              .toList());
  private static final String SEARCH_CALL = "google_search_call";
  private static final String MAPS_CALL = "google_maps_call";
  private static final Slots TOP = new Slots("");
  private static final Slots NESTED = new Slots("interaction.");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");
  private static final int EVENT = PATHS.slot("event_type");
  private static final int STEP = PATHS.slot("step.type");
  private static final int CONTENT = PATHS.slot("content.type");

  private record Slots(
      int id, int model, int status, int serviceTier, int usage, int steps, int outputs) {
    static List<String> members(String prefix) {
      return Stream.of(
              "id", "model", "status", "service_tier", "usage", "steps.*.type", "outputs.*.type")
          .map(prefix::concat)
          .toList();
    }

    Slots(String prefix) {
      this(
          PATHS.slot(prefix + "id"),
          PATHS.slot(prefix + "model"),
          PATHS.slot(prefix + "status"),
          PATHS.slot(prefix + "service_tier"),
          PATHS.slot(prefix + "usage"),
          PATHS.slot(prefix + "steps.*.type"),
          PATHS.slot(prefix + "outputs.*.type"));
    }
  }

  private final boolean readAgain;
  private final KeptValue usage = new KeptValue();
  private final KeptValue serviceTier = new KeptValue();
  private final KeptValue status = new KeptValue();
  private long searchSteps;
  private long mapSteps;

  /**
   * @param readAgain whether the request only looks at an interaction that another one ordered:
   *     then an unfinished one is nothing to book
   */
  public GeminiInteractions(@Nullable String requestedModel, boolean readAgain) {
    super(PATHS, requestedModel);
    this.readAgain = readAgain;
  }

  @Override
  public void document(DocumentValues values, boolean alone) {
    Slots slots = alone ? TOP : NESTED;
    state.identify(values, slots.model, slots.id);
    serviceTier.offerText(values, slots.serviceTier);
    status.offerText(values, slots.status);
    if (ERROR.isIn(values)) {
      state.failed(ERROR.typeIn(values));
    }
    countSteps(values, slots);
    if (values.isObject(slots.usage)) {
      values.copy(slots.usage, usage);
      state.usageRead(values);
      if (!isRunning()) {
        state.ended();
      }
    }
  }

  /** Steps of the whole interaction, where it has them, else those that the stream began. */
  private void countSteps(DocumentValues values, Slots slots) {
    List<JsonValue> whole = new ArrayList<>(values.all(slots.steps).elements());
    whole.addAll(values.all(slots.outputs).elements());
    if (!whole.isEmpty()) {
      searchSteps = count(whole, SEARCH_CALL);
      mapSteps = count(whole, MAPS_CALL);
    } else if (values.is(EVENT, "step.start") || values.is(EVENT, "content.start")) {
      searchSteps += values.is(STEP, SEARCH_CALL) || values.is(CONTENT, SEARCH_CALL) ? 1 : 0;
      mapSteps += values.is(STEP, MAPS_CALL) || values.is(CONTENT, MAPS_CALL) ? 1 : 0;
    }
  }

  private static long count(List<JsonValue> types, String type) {
    return types.stream().filter(new JsonValue.JsonString(type)::equals).count();
  }

  private boolean isRunning() {
    return "in_progress".equals(status.text());
  }

  @Override
  public UsageReading settle(AnswerEnd end) {
    Measure measure = measure();
    if (measure == null && readAgain && end == AnswerEnd.WHOLE && isRunning()) {
      return state.reading(Usage.none("the interaction is not finished: nothing to book yet"));
    }
    String said = status.text();
    String absence =
        switch (said == null ? "" : said) {
          case "in_progress" -> "the interaction is in_progress: its usage comes with a later read";
          case "failed", "cancelled" -> "the interaction was " + said + ": its usage is not said";
          default -> "no usage said";
        };
    return state.settle(end, measure, absence);
  }

  private @Nullable Measure measure() {
    Optional<JsonValue.JsonObject> object = usage.object();
    if (!usage.isEmpty() && object.isEmpty()) {
      state.unreadable(AnswerState.INVALID_USAGE);
    }
    return object
        .map(UsageObject::of)
        .filter(GeminiUsage.INTERACTION::isSaid)
        .map(this::measure)
        .orElse(null);
  }

  /** Looking things up in the caller's own files is free, so it is no meter. */
  private Map<String, BigDecimal> grounding(UsageObject object) {
    List<UsageObject> counts = object.children("grounding_tool_count");
    if (counts.isEmpty()) {
      if (searchSteps + mapSteps > 0) {
        object.findings().guess("searches are counted from the steps");
      }
      return Grounding.units(searchSteps, Math.min(1, mapSteps), mapSteps);
    }
    long searches = 0;
    long maps = 0;
    for (UsageObject count : counts) {
      String type = count.text("type");
      searches += "google_search".equals(type) ? count.count("count") : 0;
      maps += "google_maps".equals(type) ? count.count("count") : 0;
    }
    return Grounding.units(searches, Math.min(1, maps), maps);
  }

  private Measure measure(UsageObject object) {
    UsageLine line =
        new UsageLine(
            state.workingModel(), GeminiUsage.INTERACTION.tokens(object), grounding(object));
    return new Measure(
        List.of(line), AnswerState.tier(serviceTier.text()), usage.raw(), object.findings());
  }
}
