package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Usage;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.Endpoint;
import io.openmonetize.usage.RequestFacts;
import io.openmonetize.usage.ResponseFacts;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage out of a provider's answer that was reported whole. The answer itself holds the
 * user's text: it goes no further than this.
 */
final class ProviderResponse {
  private ProviderResponse() {}

  static UsageReading read(
      JsonNode answer, @Nullable Provider provider, @Nullable String requestedModel) {
    if (provider == null) {
      return UsageReading.of(Usage.missing("provider_response without a provider"));
    }
    Optional<Endpoint> endpoint = endpoint(answer, provider);
    if (endpoint.isEmpty()) {
      return UsageReading.of(Usage.missing("no usage of " + provider + " can be read"));
    }
    UsageReader reader =
        UsageReaders.of(
            new RequestFacts(endpoint.get(), requestedModel, false),
            new ResponseFacts(200, "application/json", null));
    byte[] bytes = Json.write(answer).getBytes(StandardCharsets.UTF_8);
    reader.read(bytes, 0, bytes.length);
    return reader.finish(AnswerEnd.WHOLE);
  }

  private static Optional<Endpoint> endpoint(JsonNode answer, Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> Optional.of(Endpoint.ANTHROPIC_MESSAGES);
      case OPENAI -> Optional.of(openAi(answer));
      case GOOGLE -> Optional.of(gemini(answer));
      case COHERE, MISTRAL, STABILITY_AI, RUNWAY, REPLICATE, AMAZON, BLACK_FOREST_LABS ->
          Optional.empty();
    };
  }

  /** Most answers name what they are; images, transcripts and speech show it by what they have. */
  private static Endpoint openAi(JsonNode answer) {
    return switch (answer.path("object").asText()) {
      case "response" -> Endpoint.OPENAI_RESPONSES;
      case "response.compaction" -> Endpoint.OPENAI_RESPONSES_COMPACT;
      case "list" -> Endpoint.OPENAI_EMBEDDINGS;
      case "text_completion" -> Endpoint.OPENAI_COMPLETIONS;
      case "" -> unnamedOpenAi(answer);
      default -> Endpoint.OPENAI_CHAT_COMPLETIONS;
    };
  }

  private static Endpoint unnamedOpenAi(JsonNode answer) {
    if (answer.path("data").isArray() && !answer.has("choices")) {
      return Endpoint.OPENAI_IMAGES;
    }
    return answer.path("text").isTextual() && !answer.has("choices")
        ? Endpoint.OPENAI_AUDIO_TRANSCRIPTIONS
        : Endpoint.OPENAI_CHAT_COMPLETIONS;
  }

  private static Endpoint gemini(JsonNode answer) {
    return switch (answer.path("object").asText()) {
      case "interaction" -> Endpoint.GEMINI_INTERACTIONS;
      case "chat.completion" -> Endpoint.GEMINI_CHAT_COMPLETIONS;
      case "list" -> Endpoint.GEMINI_EMBEDDINGS;
      default ->
          answer.path("usage").has("total_input_tokens")
              ? Endpoint.GEMINI_INTERACTIONS
              : answer.has("predictions")
                  ? Endpoint.GEMINI_PREDICT
                  : Endpoint.GEMINI_GENERATE_CONTENT;
    };
  }
}
