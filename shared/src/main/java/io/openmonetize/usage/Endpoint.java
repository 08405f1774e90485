package io.openmonetize.usage;

import io.openmonetize.events.Provider;
import org.jspecify.annotations.Nullable;

/** An operation of a provider, as far as it decides whether and how usage is read. */
public enum Endpoint {
  ANTHROPIC_MESSAGES(Provider.ANTHROPIC, "messages"),
  ANTHROPIC_COUNT_TOKENS(Provider.ANTHROPIC, "count_tokens", Free.COUNT),
  ANTHROPIC_BATCHES(Provider.ANTHROPIC, "message_batches", Free.BATCH),
  ANTHROPIC_BATCH_RESULTS(Provider.ANTHROPIC, "message_batch_results"),
  ANTHROPIC_COMPLETE(Provider.ANTHROPIC, "complete"),
  ANTHROPIC_CHAT_COMPLETIONS(Provider.ANTHROPIC, "chat_completions"),
  ANTHROPIC_MODELS(Provider.ANTHROPIC, "models", Free.METADATA),
  ANTHROPIC_FILES(Provider.ANTHROPIC, "files", Free.METADATA),
  /** Reads and deletions of anything else. */
  ANTHROPIC_METADATA(Provider.ANTHROPIC, "other", Free.METADATA),
  ANTHROPIC_OTHER(Provider.ANTHROPIC, "other"),

  OPENAI_CHAT_COMPLETIONS(Provider.OPENAI, "chat_completions"),
  /** A stored completion read again: the same usage, under the same id. */
  OPENAI_CHAT_COMPLETIONS_RETRIEVE(Provider.OPENAI, "chat_completions_retrieve"),
  OPENAI_RESPONSES(Provider.OPENAI, "responses"),
  /** A response read again, or a background response read when it has ended. */
  OPENAI_RESPONSES_RETRIEVE(Provider.OPENAI, "responses_retrieve"),
  OPENAI_RESPONSES_CANCEL(Provider.OPENAI, "responses_cancel"),
  OPENAI_RESPONSES_COMPACT(Provider.OPENAI, "responses_compact"),
  OPENAI_RESPONSES_INPUT_TOKENS(Provider.OPENAI, "responses_input_tokens", Free.COUNT),
  OPENAI_EMBEDDINGS(Provider.OPENAI, "embeddings"),
  OPENAI_COMPLETIONS(Provider.OPENAI, "completions"),
  OPENAI_IMAGES(Provider.OPENAI, "images"),
  OPENAI_AUDIO_TRANSCRIPTIONS(Provider.OPENAI, "audio_transcriptions"),
  OPENAI_AUDIO_TRANSLATIONS(Provider.OPENAI, "audio_translations"),
  OPENAI_AUDIO_SPEECH(Provider.OPENAI, "audio_speech"),
  OPENAI_MODERATIONS(Provider.OPENAI, "moderations", "moderations are free"),
  OPENAI_VIDEOS(Provider.OPENAI, "videos"),
  OPENAI_BATCHES(Provider.OPENAI, "batches", Free.BATCH),
  /** The content of a file, which may be the output of a batch. */
  OPENAI_BATCH_OUTPUT(Provider.OPENAI, "batch_output"),
  OPENAI_MODELS(Provider.OPENAI, "models", Free.METADATA),
  OPENAI_FILES(Provider.OPENAI, "files", Free.METADATA),
  OPENAI_VECTOR_STORES(Provider.OPENAI, "vector_stores", "storage is billed by time, not by call"),
  /** Reads and deletions of anything else. */
  OPENAI_METADATA(Provider.OPENAI, "other", Free.METADATA),
  OPENAI_OTHER(Provider.OPENAI, "other"),

  GEMINI_GENERATE_CONTENT(Provider.GOOGLE, "generate_content"),
  GEMINI_STREAM_GENERATE_CONTENT(Provider.GOOGLE, "stream_generate_content"),
  GEMINI_EMBED_CONTENT(Provider.GOOGLE, "embed_content"),
  GEMINI_BATCH_EMBED_CONTENTS(Provider.GOOGLE, "batch_embed_contents"),
  GEMINI_COUNT_TOKENS(Provider.GOOGLE, "count_tokens", Free.COUNT),
  GEMINI_INTERACTIONS(Provider.GOOGLE, "interactions"),
  /** An interaction read again, or a background interaction read when it has ended. */
  GEMINI_INTERACTIONS_RETRIEVE(Provider.GOOGLE, "interactions_retrieve"),
  GEMINI_CHAT_COMPLETIONS(Provider.GOOGLE, "chat_completions"),
  GEMINI_EMBEDDINGS(Provider.GOOGLE, "embeddings"),
  GEMINI_IMAGES(Provider.GOOGLE, "images"),
  /** Vertex: embeddings and images. */
  GEMINI_PREDICT(Provider.GOOGLE, "predict"),
  GEMINI_PREDICT_LONG_RUNNING(Provider.GOOGLE, "predict_long_running"),
  /** Anthropic's models at Vertex. */
  GEMINI_ANTHROPIC_MESSAGES(Provider.GOOGLE, "messages"),
  GEMINI_BATCH_GENERATE_CONTENT(Provider.GOOGLE, "batch_generate_content", Free.BATCH),
  /** A batch as it stands, with the results inside it when it has ended. */
  GEMINI_BATCHES(Provider.GOOGLE, "batches"),
  GEMINI_BATCH_OUTPUT(Provider.GOOGLE, "batch_output"),
  /** The creation of an explicit cache, billed by the hour that it is kept. */
  GEMINI_CACHED_CONTENTS(Provider.GOOGLE, "cached_contents"),
  GEMINI_MODELS(Provider.GOOGLE, "models", Free.METADATA),
  GEMINI_FILES(Provider.GOOGLE, "files", Free.METADATA),
  /** Reads and deletions of anything else. */
  GEMINI_METADATA(Provider.GOOGLE, "other", Free.METADATA),
  GEMINI_OTHER(Provider.GOOGLE, "other");

  /** Why nothing is billed. */
  private static final class Free {
    private static final String COUNT = "counting tokens is free";
    private static final String BATCH = "a batch is booked when its results are read";
    private static final String METADATA = "nothing billable is asked";
  }

  private final Provider provider;
  private final String wireName;
  private final @Nullable String freeBecause;

  Endpoint(Provider provider, String wireName) {
    this(provider, wireName, null);
  }

  Endpoint(Provider provider, String wireName, @Nullable String freeBecause) {
    this.provider = provider;
    this.wireName = wireName;
    this.freeBecause = freeBecause;
  }

  public Provider provider() {
    return provider;
  }

  /** The name in events; endpoints that differ only in how they are read may share one. */
  public String wireName() {
    return wireName;
  }

  /** Why a call is never billed, whatever its answer; null if it may be. */
  public @Nullable String freeBecause() {
    return freeBecause;
  }

  /**
   * The operation that a request asks for.
   *
   * @param rawPath the path at the provider, percent-encoded as received, without the query
   */
  public static Endpoint of(Provider provider, String method, String rawPath) {
    ProviderPath path = ProviderPath.parse(rawPath);
    return switch (provider) {
      case ANTHROPIC -> EndpointRoutes.anthropic(method, path);
      case OPENAI -> EndpointRoutes.openAi(method, path);
      case GOOGLE -> EndpointRoutes.gemini(method, path);
      case COHERE, MISTRAL, STABILITY_AI, RUNWAY, REPLICATE, AMAZON, BLACK_FOREST_LABS ->
          throw new IllegalArgumentException("no usage of " + provider + " is read");
    };
  }

  /**
   * The model that a path names ({@code models/…} of Gemini, {@code deployments/…} of Azure),
   * percent decoding undone; null where it names none.
   */
  public static @Nullable String modelInPath(String rawPath) {
    return ProviderPath.parse(rawPath).model();
  }

  /**
   * The id of the batch, or of the file with a batch's output, whose results a path reads; null for
   * other paths. With a line's custom id it identifies the line.
   */
  public static @Nullable String batchInPath(String rawPath) {
    return ProviderPath.parse(rawPath).batch();
  }
}
