package io.openmonetize.sdk.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.JsonSerializable;
import com.google.genai.types.Candidate;
import com.google.genai.types.EditImageResponse;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateImagesResponse;
import com.google.genai.types.GeneratedImage;
import com.google.genai.types.GroundingMetadata;
import io.openmonetize.sdk.tracked.Tracking;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The client's objects as the JSON of the API, as far as it may bear usage. */
final class GoogleAnswers {
  private GoogleAnswers() {}

  static boolean isKnown(@Nullable Object result) {
    return result instanceof GenerateContentResponse
        || result instanceof EmbedContentResponse
        || result instanceof GenerateImagesResponse
        || result instanceof EditImageResponse;
  }

  static JsonNode answer(@Nullable Object result, Tracking tracking) {
    if (result instanceof EmbedContentResponse embeddings) {
      return embeddings(embeddings);
    }
    if (result instanceof GenerateImagesResponse images) {
      return images(images.generatedImages());
    }
    if (result instanceof EditImageResponse images) {
      return images(images.generatedImages());
    }
    if (result instanceof GenerateContentResponse content) {
      if (calledBefore(content)) {
        tracking.log("functions were called automatically: only the last of the calls is counted");
      }
      return content(content);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** Null for what is no chunk of content. */
  static @Nullable JsonNode piece(@Nullable Object chunk) {
    return chunk instanceof GenerateContentResponse content ? content(content) : null;
  }

  /** The history begins with the question; an answer that was called for follows it. */
  private static boolean calledBefore(GenerateContentResponse content) {
    return content.automaticFunctionCallingHistory().orElse(List.of()).stream()
        .anyMatch(turn -> turn.role().filter("model"::equals).isPresent());
  }

  private static JsonNode content(GenerateContentResponse content) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    content.responseId().ifPresent(id -> answer.put("responseId", id));
    content.modelVersion().ifPresent(model -> answer.put("modelVersion", model));
    content
        .usageMetadata()
        .ifPresent(usage -> answer.set("usageMetadata", JsonSerializable.toJsonNode(usage)));
    content
        .promptFeedback()
        .flatMap(feedback -> feedback.blockReason())
        .ifPresent(r -> answer.putObject("promptFeedback").put("blockReason", r.toString()));
    for (Candidate candidate : content.candidates().orElse(List.of())) {
      candidate.groundingMetadata().ifPresent(grounding -> addGrounding(answer, grounding));
    }
    return answer;
  }

  private static void addGrounding(ObjectNode answer, GroundingMetadata grounding) {
    ObjectNode candidate = answer.withArray("candidates").addObject();
    candidate.set("groundingMetadata", JsonSerializable.toJsonNode(grounding));
  }

  /** Vertex says the tokens of each embedding; of Gemini's answer the client keeps no usage. */
  private static JsonNode embeddings(EmbedContentResponse embeddings) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode predictions = JsonNodeFactory.instance.arrayNode();
    embeddings.embeddings().orElse(List.of()).stream()
        .flatMap(embedding -> embedding.statistics().stream())
        .flatMap(statistics -> statistics.tokenCount().stream())
        .forEach(
            tokens ->
                predictions
                    .addObject()
                    .putObject("embeddings")
                    .putObject("statistics")
                    .put("token_count", Math.round(tokens)));
    if (!predictions.isEmpty()) {
      answer.set("predictions", predictions);
    }
    return answer;
  }

  private static JsonNode images(Optional<List<GeneratedImage>> images) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode predictions = answer.putArray("predictions");
    for (GeneratedImage image : images.orElse(List.of())) {
      if (image.image().isPresent()) {
        predictions.addObject().put("bytesBase64Encoded", "");
      }
    }
    return answer;
  }
}
