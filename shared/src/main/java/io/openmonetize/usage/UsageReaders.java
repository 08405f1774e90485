package io.openmonetize.usage;

import io.openmonetize.events.Usage;
import io.openmonetize.usage.anthropic.AnthropicMessages;
import io.openmonetize.usage.framing.Decoding;
import io.openmonetize.usage.framing.Framing;
import io.openmonetize.usage.gemini.GeminiGenerate;
import io.openmonetize.usage.gemini.GeminiInteractions;
import io.openmonetize.usage.openai.OpenAiCompletions;
import io.openmonetize.usage.openai.OpenAiMedia;
import io.openmonetize.usage.openai.OpenAiResponses;
import io.openmonetize.usage.reading.AnswerInterpreter;
import io.openmonetize.usage.reading.ErrorAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the reader for an answer. */
public final class UsageReaders {
  private UsageReaders() {}

  /** The reader for the answer to a request, once the head of its response is there. */
  public static UsageReader of(RequestFacts request, ResponseFacts response) {
    boolean success = response.status() >= 200 && response.status() < 300;
    String free = request.endpoint().freeBecause();
    if (success && free != null) {
      return new SettledReader(UsageReading.of(Usage.none(free)));
    }
    AnswerInterpreter interpreter =
        success ? interpreter(request) : new ErrorAnswer(response.status());
    Framing framing = Framing.detected(interpreter);
    Optional<Decoding> decoding = Decoding.of(response.contentEncoding(), framing);
    if (decoding.isEmpty()) {
      interpreter.unreadable("the content coding cannot be undone: " + response.contentEncoding());
      return new SettledReader(interpreter.settle(AnswerEnd.WHOLE));
    }
    return new AnswerReader(decoding.get(), framing, interpreter);
  }

  private static AnswerInterpreter interpreter(RequestFacts request) {
    @Nullable String model = request.requestedModel();
    return switch (request.endpoint()) {
      case ANTHROPIC_MESSAGES, GEMINI_ANTHROPIC_MESSAGES, ANTHROPIC_COMPLETE, ANTHROPIC_OTHER ->
          new AnthropicMessages(model);
      case OPENAI_RESPONSES, OPENAI_RESPONSES_COMPACT, OPENAI_RESPONSES_CANCEL ->
          new OpenAiResponses(model, false);
      case OPENAI_RESPONSES_RETRIEVE -> new OpenAiResponses(model, true);
      case OPENAI_IMAGES, GEMINI_IMAGES -> new OpenAiMedia(model, OpenAiMedia.Medium.IMAGE);
      case OPENAI_AUDIO_TRANSCRIPTIONS, OPENAI_AUDIO_TRANSLATIONS ->
          new OpenAiMedia(model, OpenAiMedia.Medium.TRANSCRIPT);
      case OPENAI_AUDIO_SPEECH -> new OpenAiMedia(model, OpenAiMedia.Medium.SPEECH);
      case GEMINI_CHAT_COMPLETIONS -> new OpenAiCompletions(model, true);
      case GEMINI_INTERACTIONS -> new GeminiInteractions(model, false);
      case GEMINI_INTERACTIONS_RETRIEVE -> new GeminiInteractions(model, true);
      case GEMINI_GENERATE_CONTENT,
          GEMINI_STREAM_GENERATE_CONTENT,
          GEMINI_EMBED_CONTENT,
          GEMINI_BATCH_EMBED_CONTENTS ->
          new GeminiGenerate(model);
      default -> new OpenAiCompletions(model, false);
    };
  }
}
