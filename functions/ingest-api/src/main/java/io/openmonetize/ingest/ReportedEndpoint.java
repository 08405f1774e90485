package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.Provider;
import io.openmonetize.usage.Endpoint;
import java.util.Optional;

/**
 * Of which endpoint a reported answer is. Most name what they are ({@code object}, {@code type});
 * the others show it by what they have. It looks only at what an answer reduced to what bills still
 * has: of {@code data}, {@code text}, {@code choices}, {@code results} and {@code predictions} only
 * that they are there.
 */
final class ReportedEndpoint {
  private ReportedEndpoint() {}

  /** Empty where no usage of the provider can be read. */
  static Optional<Endpoint> of(JsonNode answer, Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> Optional.of(anthropic(answer));
      case OPENAI -> Optional.of(openAi(answer));
      case GOOGLE -> Optional.of(gemini(answer));
      case COHERE, MISTRAL, STABILITY_AI, RUNWAY, REPLICATE, AMAZON, BLACK_FOREST_LABS ->
          Optional.empty();
    };
  }

  private static Endpoint anthropic(JsonNode answer) {
    if (isChat(answer)) {
      return Endpoint.ANTHROPIC_CHAT_COMPLETIONS;
    }
    return switch (answer.path("type").asText()) {
      case "completion" -> Endpoint.ANTHROPIC_COMPLETE;
      case "message_batch" -> Endpoint.ANTHROPIC_BATCHES;
      default ->
          answer.path("input_tokens").isNumber() && !answer.has("usage")
              ? Endpoint.ANTHROPIC_COUNT_TOKENS
              : Endpoint.ANTHROPIC_MESSAGES;
    };
  }

  private static Endpoint openAi(JsonNode answer) {
    return switch (answer.path("object").asText()) {
      case "response" -> Endpoint.OPENAI_RESPONSES;
      case "response.compaction" -> Endpoint.OPENAI_RESPONSES_COMPACT;
      case "response.input_tokens" -> Endpoint.OPENAI_RESPONSES_INPUT_TOKENS;
      case "list" -> Endpoint.OPENAI_EMBEDDINGS;
      case "text_completion" -> Endpoint.OPENAI_COMPLETIONS;
      case "video" -> Endpoint.OPENAI_VIDEOS;
      case "batch" -> Endpoint.OPENAI_BATCHES;
      case "" -> unnamedOpenAi(answer);
      default -> Endpoint.OPENAI_CHAT_COMPLETIONS;
    };
  }

  private static Endpoint unnamedOpenAi(JsonNode answer) {
    String type = answer.path("type").asText();
    if (type.startsWith("image_generation.") || type.startsWith("image_edit.")) {
      return Endpoint.OPENAI_IMAGES;
    }
    if (type.startsWith("speech.audio.")) {
      return Endpoint.OPENAI_AUDIO_SPEECH;
    }
    if (answer.has("choices")) {
      return Endpoint.OPENAI_CHAT_COMPLETIONS;
    }
    if (answer.path("data").isArray()) {
      return Endpoint.OPENAI_IMAGES;
    }
    if (answer.path("results").isArray()) {
      return Endpoint.OPENAI_MODERATIONS;
    }
    return answer.path("text").isTextual()
        ? Endpoint.OPENAI_AUDIO_TRANSCRIPTIONS
        : Endpoint.OPENAI_CHAT_COMPLETIONS;
  }

  private static Endpoint gemini(JsonNode answer) {
    if (isChat(answer)) {
      return Endpoint.GEMINI_CHAT_COMPLETIONS;
    }
    return switch (answer.path("object").asText()) {
      case "interaction" -> Endpoint.GEMINI_INTERACTIONS;
      case "list" -> Endpoint.GEMINI_EMBEDDINGS;
      default -> unnamedGemini(answer);
    };
  }

  private static Endpoint unnamedGemini(JsonNode answer) {
    if (answer.path("usage").has("total_input_tokens")) {
      return Endpoint.GEMINI_INTERACTIONS;
    }
    if (answer.path("type").asText().equals("message")) {
      return Endpoint.GEMINI_ANTHROPIC_MESSAGES;
    }
    if (answer.has("predictions")) {
      return Endpoint.GEMINI_PREDICT;
    }
    if (answer.path("data").isArray()) {
      return Endpoint.GEMINI_IMAGES;
    }
    return answer.path("totalTokens").isNumber() && !answer.has("usageMetadata")
        ? Endpoint.GEMINI_COUNT_TOKENS
        : Endpoint.GEMINI_GENERATE_CONTENT;
  }

  /** A completion, or the last chunk of one, in the language that all three speak. */
  private static boolean isChat(JsonNode answer) {
    return answer.path("object").asText().startsWith("chat.completion");
  }
}
