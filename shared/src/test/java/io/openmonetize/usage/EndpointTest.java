package io.openmonetize.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.events.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, POST, /v1/messages, ANTHROPIC_MESSAGES",
    "ANTHROPIC, POST, //v1//messages, ANTHROPIC_MESSAGES",
    "ANTHROPIC, POST, /v1/messages/, ANTHROPIC_MESSAGES",
    "ANTHROPIC, GET, /v1/messages, ANTHROPIC_METADATA",
    "ANTHROPIC, POST, /v1/messages/count_tokens, ANTHROPIC_COUNT_TOKENS",
    "ANTHROPIC, POST, /v1/messages/batches, ANTHROPIC_BATCHES",
    "ANTHROPIC, GET, /v1/messages/batches/msgbatch_1, ANTHROPIC_BATCHES",
    "ANTHROPIC, GET, /v1/messages/batches/msgbatch_1/results, ANTHROPIC_BATCH_RESULTS",
    "ANTHROPIC, DELETE, /v1/messages/batches/msgbatch_1, ANTHROPIC_BATCHES",
    "ANTHROPIC, POST, /v1/complete, ANTHROPIC_COMPLETE",
    "ANTHROPIC, POST, /v1/chat/completions, ANTHROPIC_CHAT_COMPLETIONS",
    "ANTHROPIC, GET, /v1/models, ANTHROPIC_MODELS",
    "ANTHROPIC, POST, /v1/models/m/invoke, ANTHROPIC_OTHER",
    "ANTHROPIC, POST, /v1/files, ANTHROPIC_FILES",
    "ANTHROPIC, POST, /v1/whatever, ANTHROPIC_OTHER",
    "ANTHROPIC, GET, /v1/whatever, ANTHROPIC_METADATA",
    "ANTHROPIC, POST, /, ANTHROPIC_OTHER",
    "OPENAI, POST, /v1/chat/completions, OPENAI_CHAT_COMPLETIONS",
    "OPENAI, POST, /chat/completions, OPENAI_CHAT_COMPLETIONS",
    "OPENAI, GET, /v1/chat/completions, OPENAI_METADATA",
    "OPENAI, GET, /v1/chat/completions/chatcmpl-1, OPENAI_CHAT_COMPLETIONS_RETRIEVE",
    "OPENAI, POST, /v1/chat/completions/chatcmpl-1, OPENAI_METADATA",
    "OPENAI, GET, /v1/chat/completions/chatcmpl-1/messages, OPENAI_METADATA",
    "OPENAI, POST, /openai/deployments/d1/chat/completions, OPENAI_CHAT_COMPLETIONS",
    "OPENAI, POST, /openai/v1/responses, OPENAI_RESPONSES",
    "OPENAI, POST, /v1/responses, OPENAI_RESPONSES",
    "OPENAI, GET, /v1/responses/resp_1, OPENAI_RESPONSES_RETRIEVE",
    "OPENAI, DELETE, /v1/responses/resp_1, OPENAI_METADATA",
    "OPENAI, GET, /v1/responses/resp_1/input_items, OPENAI_METADATA",
    "OPENAI, POST, /v1/responses/resp_1/cancel, OPENAI_RESPONSES_CANCEL",
    "OPENAI, POST, /v1/responses/compact, OPENAI_RESPONSES_COMPACT",
    "OPENAI, POST, /v1/responses/input_tokens, OPENAI_RESPONSES_INPUT_TOKENS",
    "OPENAI, POST, /v1/embeddings, OPENAI_EMBEDDINGS",
    "OPENAI, POST, /v1/completions, OPENAI_COMPLETIONS",
    "OPENAI, POST, /v1/images/generations, OPENAI_IMAGES",
    "OPENAI, POST, /v1/images/edits, OPENAI_IMAGES",
    "OPENAI, POST, /v1/audio/transcriptions, OPENAI_AUDIO_TRANSCRIPTIONS",
    "OPENAI, POST, /v1/audio/translations, OPENAI_AUDIO_TRANSLATIONS",
    "OPENAI, POST, /v1/audio/speech, OPENAI_AUDIO_SPEECH",
    "OPENAI, POST, /v1/moderations, OPENAI_MODERATIONS",
    "OPENAI, POST, /v1/videos, OPENAI_VIDEOS",
    "OPENAI, GET, /v1/videos/video_1/content, OPENAI_METADATA",
    "OPENAI, POST, /v1/batches, OPENAI_BATCHES",
    "OPENAI, GET, /v1/files/file-1/content, OPENAI_BATCH_OUTPUT",
    "OPENAI, GET, /v1/files/file-1, OPENAI_FILES",
    "OPENAI, POST, /v1/files, OPENAI_FILES",
    "OPENAI, GET, /v1/models, OPENAI_MODELS",
    "OPENAI, POST, /v1/models/m/infer, OPENAI_OTHER",
    "OPENAI, POST, /models/chat/completions, OPENAI_CHAT_COMPLETIONS",
    "OPENAI, POST, /models/embeddings, OPENAI_EMBEDDINGS",
    "OPENAI, POST, /v1/vector_stores, OPENAI_VECTOR_STORES",
    "OPENAI, POST, /v1/fine_tuning/jobs, OPENAI_OTHER",
    "GOOGLE, POST, /v1beta/models/gemini-2.5-flash:generateContent, GEMINI_GENERATE_CONTENT",
    "GOOGLE, POST, /v1/models/m:streamGenerateContent, GEMINI_STREAM_GENERATE_CONTENT",
    "GOOGLE, POST, /v1beta/models/m%3AgenerateContent, GEMINI_GENERATE_CONTENT",
    "GOOGLE, POST, /v1beta/tunedModels/m:generateContent, GEMINI_GENERATE_CONTENT",
    "GOOGLE, POST, /v1beta/models/m:embedContent, GEMINI_EMBED_CONTENT",
    "GOOGLE, POST, /v1beta/models/m:batchEmbedContents, GEMINI_BATCH_EMBED_CONTENTS",
    "GOOGLE, POST, /v1beta/models/m:countTokens, GEMINI_COUNT_TOKENS",
    "GOOGLE, POST, /v1beta/models/m:batchGenerateContent, GEMINI_BATCH_GENERATE_CONTENT",
    "GOOGLE, POST, /v1beta/openai/chat/completions, GEMINI_CHAT_COMPLETIONS",
    "GOOGLE, POST, /v1beta/openai/embeddings, GEMINI_EMBEDDINGS",
    "GOOGLE, GET, /v1beta/openai/models, GEMINI_MODELS",
    "GOOGLE, POST, /v1beta/interactions, GEMINI_INTERACTIONS",
    "GOOGLE, GET, /v1beta/interactions/i1, GEMINI_INTERACTIONS_RETRIEVE",
    "GOOGLE, DELETE, /v1beta/interactions/i1, GEMINI_METADATA",
    "GOOGLE, GET, /v1beta/models, GEMINI_MODELS",
    "GOOGLE, POST, /v1beta/tunedModels, GEMINI_OTHER",
    "GOOGLE, GET, /v1beta/batches/b1, GEMINI_BATCHES",
    "GOOGLE, POST, /v1beta/batches/b1:cancel, GEMINI_METADATA",
    "GOOGLE, GET, /download/v1beta/files/f1:download, GEMINI_BATCH_OUTPUT",
    "GOOGLE, POST, /upload/v1beta/files, GEMINI_FILES",
    "GOOGLE, POST, /v1beta/cachedContents, GEMINI_CACHED_CONTENTS",
    "GOOGLE, GET, /v1beta/cachedContents, GEMINI_METADATA",
    "GOOGLE, POST, /v1beta/models/m:somethingNew, GEMINI_OTHER",
    "GOOGLE, POST, /v1/projects/p/locations/l/publishers/google/models/m:generateContent,"
        + " GEMINI_GENERATE_CONTENT",
    "GOOGLE, POST, /v1/projects/p/locations/l/publishers/google/models/m:predict, GEMINI_PREDICT",
    "GOOGLE, POST, /v1/projects/p/locations/l/publishers/anthropic/models/c:streamRawPredict,"
        + " GEMINI_ANTHROPIC_MESSAGES",
    "GOOGLE, POST, /v1/projects/p/locations/l/endpoints/openapi/chat/completions,"
        + " GEMINI_CHAT_COMPLETIONS",
  })
  void of_methodAndPath_isTheOperation(
      Provider provider, String method, String path, Endpoint expected) {
    assertThat(Endpoint.of(provider, method, path)).isEqualTo(expected);
    assertThat(expected.provider()).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/gemini-2.5-flash:generateContent, gemini-2.5-flash",
    "/v1beta/models/models%2Fgemini-2.5-flash:generateContent, gemini-2.5-flash",
    "/v1beta/models%2Fgemini-2.5-flash:generateContent, gemini-2.5-flash",
    "/v1beta/models/a%20b%zz%4:countTokens, 'a b%zz%4'",
    "/v1beta/tunedModels/my-model:generateContent, my-model",
    "/openai/deployments/gpt%2D4/chat/completions, gpt-4",
    "/v1/projects/p/locations/l/publishers/anthropic/models/c@1:rawPredict, c@1",
    "/v1/chat/completions,",
    "/v1beta/models,",
  })
  void modelInPath_path_isTheModel(String path, String expected) {
    assertThat(Endpoint.modelInPath(path)).isEqualTo(expected);
  }

  @Test
  void batchInPath_results_isTheBatch() {
    assertThat(Endpoint.batchInPath("/v1/messages/batches/msgbatch_1/results"))
        .isEqualTo("msgbatch_1");
    assertThat(Endpoint.batchInPath("/v1/files/file-9/content")).isEqualTo("file-9");
    assertThat(Endpoint.batchInPath("/v1beta/batches/b1")).isEqualTo("b1");
    assertThat(Endpoint.batchInPath("/download/v1beta/files/f1:download")).isEqualTo("f1");
    assertThat(Endpoint.batchInPath("/v1/messages")).isNull();
  }

  @Test
  void of_providerThatIsNotRead_isRefused() {
    assertThatThrownBy(() -> Endpoint.of(Provider.COHERE, "POST", "/v1/chat"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void wireName_everyEndpoint_isShortAndSafe(Endpoint endpoint) {
    assertThat(endpoint.wireName()).matches("[a-z_]{5,30}");
  }
}
