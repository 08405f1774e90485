package io.openmonetize.sdk.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.JsonField;
import com.openai.core.ObjectMappers;
import com.openai.models.audio.transcriptions.Transcription;
import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.audio.translations.TranslationCreateResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.completions.Completion;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.images.ImageEditStreamEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImagesResponse;
import com.openai.models.responses.CompactedResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import com.openai.models.videos.Video;
import org.jspecify.annotations.Nullable;

/** The client's objects as the JSON that they were made of, as far as it may bear usage. */
final class OpenAIAnswers {
  private static final JsonMapper JSON = ObjectMappers.jsonMapper();

  private OpenAIAnswers() {}

  static boolean isKnown(@Nullable Object result) {
    return result instanceof ChatCompletion
        || result instanceof StructuredChatCompletion<?>
        || result instanceof Completion
        || result instanceof Response
        || result instanceof StructuredResponse<?>
        || result instanceof CompactedResponse
        || result instanceof CreateEmbeddingResponse
        || result instanceof ImagesResponse
        || result instanceof TranscriptionCreateResponse
        || result instanceof Transcription
        || result instanceof TranslationCreateResponse
        || result instanceof Video;
  }

  static JsonNode answer(@Nullable Object result) {
    if (result instanceof StructuredChatCompletion<?> completion) {
      return JSON.valueToTree(completion.rawChatCompletion());
    }
    if (result instanceof StructuredResponse<?> response) {
      return JSON.valueToTree(response.rawResponse());
    }
    if (result instanceof CreateEmbeddingResponse embeddings) {
      return embeddings(embeddings);
    }
    return JSON.valueToTree(result);
  }

  /** Without the vectors, which may be millions of numbers. */
  private static JsonNode embeddings(CreateEmbeddingResponse embeddings) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("object", "list");
    put(answer, "model", embeddings._model());
    put(answer, "usage", embeddings._usage());
    return answer;
  }

  /** Null for an event that bears no usage. */
  static @Nullable JsonNode piece(@Nullable Object event) {
    if (event instanceof ChatCompletionChunk chunk) {
      return chunk(chunk);
    }
    if (event instanceof ResponseStreamEvent response) {
      return bearsResponse(response) ? JSON.valueToTree(response) : null;
    }
    boolean known =
        event instanceof Completion
            || event instanceof ImageGenStreamEvent
            || event instanceof ImageEditStreamEvent
            || event instanceof TranscriptionStreamEvent;
    return known ? JSON.valueToTree(event) : null;
  }

  private static boolean bearsResponse(ResponseStreamEvent event) {
    return event.isCreated()
        || event.isQueued()
        || event.isCompleted()
        || event.isIncomplete()
        || event.isFailed();
  }

  /** Chunks come by the thousand: their text is not even turned over. */
  private static JsonNode chunk(ChatCompletionChunk chunk) {
    ObjectNode piece = JsonNodeFactory.instance.objectNode().put("object", "chat.completion.chunk");
    put(piece, "id", chunk._id());
    put(piece, "model", chunk._model());
    put(piece, "service_tier", chunk._serviceTier());
    put(piece, "usage", chunk._usage());
    if (!chunk._choices().asKnown().map(choices -> choices.isEmpty()).orElse(true)) {
      piece.putArray("choices").addNull();
    }
    return piece;
  }

  private static void put(ObjectNode target, String name, JsonField<?> field) {
    if (!field.isMissing() && !field.isNull()) {
      target.set(name, JSON.valueToTree(field));
    }
  }
}
