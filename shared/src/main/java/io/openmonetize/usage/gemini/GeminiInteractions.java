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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1beta/interactions}: an interaction, alone or in the events of a stream, with its usage
 * when it has come to an end.
 */
public final class GeminiInteractions extends SingleAnswer {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "event_type",
          "id",
          "model",
          "status",
          "service_tier",
          "usage",
          "interaction.id",
          "interaction.model",
          "interaction.status",
          "interaction.service_tier",
          "interaction.usage",
          "error.type",
          "error.status",
          "error.code",
          "error.message#");
  private static final Slots TOP = new Slots("");
  private static final Slots NESTED = new Slots("interaction.");
  private static final ErrorFields ERROR = new ErrorFields(PATHS, "");

  private record Slots(int id, int model, int status, int serviceTier, int usage) {
    Slots(String prefix) {
      this(
          PATHS.slot(prefix + "id"),
          PATHS.slot(prefix + "model"),
          PATHS.slot(prefix + "status"),
          PATHS.slot(prefix + "service_tier"),
          PATHS.slot(prefix + "usage"));
    }
  }

  private final boolean readAgain;
  private final KeptValue usage = new KeptValue();
  private final KeptValue serviceTier = new KeptValue();
  private final KeptValue status = new KeptValue();

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
    if (values.isObject(slots.usage)) {
      values.copy(slots.usage, usage);
      state.usageRead(values);
      if (!isRunning()) {
        state.ended();
      }
    }
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

  private Measure measure(UsageObject object) {
    UsageLine line = new UsageLine(state.workingModel(), GeminiUsage.INTERACTION.tokens(object));
    return new Measure(
        List.of(line), AnswerState.tier(serviceTier.text()), usage.raw(), object.findings());
  }
}
