package io.openmonetize.usage;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.usage.framing.Decoding;
import io.openmonetize.usage.framing.Framing;
import io.openmonetize.usage.reading.AnswerInterpreter;
import io.openmonetize.usage.reading.BatchLines;
import io.openmonetize.usage.reading.ErrorAnswer;
import io.openmonetize.usage.reading.Wording;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Chooses the reader for an answer. */
public final class UsageReaders {
  private UsageReaders() {}

  /**
   * The reader for the answer to a request, once the head of its response is there. Lines of a
   * batch's results are collected in the reading, the first hundred thousand of them.
   */
  public static UsageReader of(RequestFacts request, ResponseFacts response) {
    return of(request, response, new BatchLines(null));
  }

  /**
   * The same, with each line of a batch's results handed on as soon as it is read, so that memory
   * does not grow with the file.
   *
   * @param lines called from within {@link UsageReader#read}; must not throw
   */
  public static UsageReader of(
      RequestFacts request, ResponseFacts response, Consumer<? super BatchLineReading> lines) {
    return of(request, response, new BatchLines(lines));
  }

  private static UsageReader of(RequestFacts request, ResponseFacts response, BatchLines lines) {
    Endpoint endpoint = request.endpoint();
    boolean success = response.status() >= 200 && response.status() < 300;
    if (!success) {
      return reader(response, new ErrorAnswer(response.status()), false);
    }
    String free = endpoint.freeBecause();
    if (free != null) {
      return new SettledReader(UsageReading.of(Usage.none(free)));
    }
    Usage opaque = opaqueMedia(request, response.contentType());
    if (opaque != null) {
      return new SettledReader(UsageReading.of(opaque));
    }
    boolean isLines =
        switch (endpoint) {
          case ANTHROPIC_BATCH_RESULTS, OPENAI_BATCH_OUTPUT, GEMINI_BATCH_OUTPUT -> true;
          default -> false;
        };
    return reader(response, Interpreters.of(request, lines), isLines);
  }

  private static UsageReader reader(
      ResponseFacts response, AnswerInterpreter interpreter, boolean isLines) {
    Framing framing = isLines ? Framing.lines(interpreter) : Framing.detected(interpreter);
    Optional<Decoding> decoding = Decoding.of(response.contentEncoding(), framing);
    if (decoding.isEmpty()) {
      interpreter.unreadable(
          "the content coding cannot be undone: " + Wording.word(response.contentEncoding()));
      return new SettledReader(interpreter.settle(AnswerEnd.WHOLE));
    }
    return new AnswerReader(decoding.get(), framing, interpreter);
  }

  /**
   * The usage of sound, and of transcripts in formats of their own: they hold none, and a
   * transcript may well hold lines that look like events. Null for everything else.
   */
  private static @Nullable Usage opaqueMedia(RequestFacts request, @Nullable String contentType) {
    boolean structured = contentType == null || isStructured(contentType);
    return switch (request.endpoint()) {
      case OPENAI_AUDIO_SPEECH -> structured ? null : speech(request);
      case OPENAI_AUDIO_TRANSCRIPTIONS, OPENAI_AUDIO_TRANSLATIONS ->
          structured ? null : Usage.missing("a transcript in this format says no usage");
      default -> null;
    };
  }

  private static boolean isStructured(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    return lower.contains("json") || lower.contains("event-stream");
  }

  /** Speech by the older models is billed by the characters of its request. */
  private static Usage speech(RequestFacts request) {
    String model = request.requestedModel();
    Long characters = request.inputCharacters();
    if (model == null || !model.startsWith("tts-1") || characters == null) {
      return Usage.missing("sound says no usage; a stream of events would");
    }
    Map<String, BigDecimal> units = Map.of("characters", BigDecimal.valueOf(characters));
    return new Usage(
        UsageStatus.ESTIMATED,
        "characters are counted from the request",
        PricingTerms.UNSAID,
        List.of(new UsageLine(model, TokenCounts.NONE, units)),
        null);
  }
}
