package io.openmonetize.usage;

import io.openmonetize.usage.anthropic.AnthropicBatchResults;
import io.openmonetize.usage.anthropic.AnthropicMessages;
import io.openmonetize.usage.gemini.GeminiBatchResults;
import io.openmonetize.usage.gemini.GeminiGenerate;
import io.openmonetize.usage.gemini.GeminiInteractions;
import io.openmonetize.usage.gemini.GeminiPredict;
import io.openmonetize.usage.openai.OpenAiBatchOutput;
import io.openmonetize.usage.openai.OpenAiCompletions;
import io.openmonetize.usage.openai.OpenAiCompletions.Dialect;
import io.openmonetize.usage.openai.OpenAiMedia;
import io.openmonetize.usage.openai.OpenAiResponses;
import io.openmonetize.usage.openai.OpenAiVideos;
import io.openmonetize.usage.reading.AnswerInterpreter;
import io.openmonetize.usage.reading.AnswerWithoutUsage;
import io.openmonetize.usage.reading.BatchLines;
import io.openmonetize.usage.reading.UnknownAnswer;
import org.jspecify.annotations.Nullable;

/** Who understands a successful answer of an endpoint that may be billed. */
final class Interpreters {
  private Interpreters() {}

  static AnswerInterpreter of(RequestFacts request, BatchLines lines) {
    @Nullable String model = request.requestedModel();
    return switch (request.endpoint()) {
      case ANTHROPIC_MESSAGES, GEMINI_ANTHROPIC_MESSAGES -> new AnthropicMessages(model);
      case ANTHROPIC_BATCH_RESULTS -> new AnthropicBatchResults(lines);
      case ANTHROPIC_COMPLETE -> new AnswerWithoutUsage(model, "this endpoint says no usage");
      case ANTHROPIC_OTHER -> new UnknownAnswer(new AnthropicMessages(model));

      case OPENAI_CHAT_COMPLETIONS,
          OPENAI_CHAT_COMPLETIONS_RETRIEVE,
          OPENAI_COMPLETIONS,
          ANTHROPIC_CHAT_COMPLETIONS ->
          new OpenAiCompletions(model, request.streamAsked(), Dialect.TEXT);
      case OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS ->
          new OpenAiCompletions(model, request.streamAsked(), Dialect.EMBEDDINGS);
      case OPENAI_RESPONSES, OPENAI_RESPONSES_COMPACT, OPENAI_RESPONSES_CANCEL ->
          new OpenAiResponses(model, false);
      case OPENAI_RESPONSES_RETRIEVE -> new OpenAiResponses(model, true);
      case OPENAI_IMAGES, GEMINI_IMAGES -> new OpenAiMedia(model, OpenAiMedia.Medium.IMAGE);
      case OPENAI_AUDIO_TRANSCRIPTIONS, OPENAI_AUDIO_TRANSLATIONS ->
          new OpenAiMedia(model, OpenAiMedia.Medium.TRANSCRIPT);
      case OPENAI_AUDIO_SPEECH -> new OpenAiMedia(model, OpenAiMedia.Medium.SPEECH);
      case OPENAI_VIDEOS -> new OpenAiVideos(model);
      case OPENAI_BATCH_OUTPUT -> new OpenAiBatchOutput(lines);
      case OPENAI_OTHER ->
          new UnknownAnswer(new OpenAiCompletions(model, request.streamAsked(), Dialect.TEXT));

      case GEMINI_GENERATE_CONTENT,
          GEMINI_STREAM_GENERATE_CONTENT,
          GEMINI_EMBED_CONTENT,
          GEMINI_BATCH_EMBED_CONTENTS ->
          new GeminiGenerate(model);
      case GEMINI_INTERACTIONS -> new GeminiInteractions(model, false);
      case GEMINI_INTERACTIONS_RETRIEVE -> new GeminiInteractions(model, true);
      case GEMINI_CHAT_COMPLETIONS ->
          new OpenAiCompletions(model, request.streamAsked(), Dialect.GOOGLE);
      case GEMINI_PREDICT -> new GeminiPredict(model);
      case GEMINI_PREDICT_LONG_RUNNING ->
          new AnswerWithoutUsage(model, "a long-running operation says no usage");
      case GEMINI_CACHED_CONTENTS ->
          new AnswerWithoutUsage(model, "a cache is billed by the hour that it is kept");
      case GEMINI_BATCHES -> new GeminiBatchResults(lines, true);
      case GEMINI_BATCH_OUTPUT -> new GeminiBatchResults(lines, false);
      case GEMINI_OTHER -> new UnknownAnswer(new GeminiGenerate(model));

      case ANTHROPIC_COUNT_TOKENS,
          ANTHROPIC_BATCHES,
          ANTHROPIC_MODELS,
          ANTHROPIC_FILES,
          ANTHROPIC_METADATA,
          OPENAI_RESPONSES_INPUT_TOKENS,
          OPENAI_MODERATIONS,
          OPENAI_BATCHES,
          OPENAI_MODELS,
          OPENAI_FILES,
          OPENAI_VECTOR_STORES,
          OPENAI_METADATA,
          GEMINI_COUNT_TOKENS,
          GEMINI_BATCH_GENERATE_CONTENT,
          GEMINI_MODELS,
          GEMINI_FILES,
          GEMINI_METADATA ->
          throw new IllegalArgumentException(request.endpoint() + " is free");
    };
  }
}
