package io.openmonetize.usage;

import java.util.Set;

/**
 * Which operation a method and a path are, per provider. What is not known and may change something
 * is taken for billable.
 */
final class EndpointRoutes {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "DELETE");
  private static final String[] AZURE_EMBEDDINGS = {"models", "embeddings"};

  private EndpointRoutes() {}

  static Endpoint anthropic(String method, ProviderPath path) {
    boolean post = method.equals("POST");
    if (path.startsWith("messages", "batches")) {
      return method.equals("GET") && path.length() == 4 && path.endsWith("results")
          ? Endpoint.ANTHROPIC_BATCH_RESULTS
          : Endpoint.ANTHROPIC_BATCHES;
    }
    if (post && path.is("messages")) {
      return Endpoint.ANTHROPIC_MESSAGES;
    }
    if (path.is("messages", "count_tokens")) {
      return Endpoint.ANTHROPIC_COUNT_TOKENS;
    }
    if (post && path.is("complete")) {
      return Endpoint.ANTHROPIC_COMPLETE;
    }
    if (post && path.is("chat", "completions")) {
      return Endpoint.ANTHROPIC_CHAT_COMPLETIONS;
    }
    if (path.startsWith("models") && READS.contains(method)) {
      return Endpoint.ANTHROPIC_MODELS;
    }
    if (path.startsWith("files")) {
      return Endpoint.ANTHROPIC_FILES;
    }
    return READS.contains(method) ? Endpoint.ANTHROPIC_METADATA : Endpoint.ANTHROPIC_OTHER;
  }

  static Endpoint openAi(String method, ProviderPath path) {
    ProviderPath operation = withoutAzure(path);
    return switch (operation.at(0)) {
      case "chat" -> openAiChat(method, operation);
      case "responses" -> openAiResponses(method, operation);
      case "images" -> posted(method, Endpoint.OPENAI_IMAGES);
      case "audio" -> openAiAudio(method, operation);
      case "embeddings" -> posted(method, Endpoint.OPENAI_EMBEDDINGS);
      case "completions" -> posted(method, Endpoint.OPENAI_COMPLETIONS);
      case "moderations" -> posted(method, Endpoint.OPENAI_MODERATIONS);
      case "videos" -> posted(method, Endpoint.OPENAI_VIDEOS);
      case "batches" -> Endpoint.OPENAI_BATCHES;
      case "models" -> READS.contains(method) ? Endpoint.OPENAI_MODELS : Endpoint.OPENAI_OTHER;
      case "files" ->
          method.equals("GET") && operation.length() == 3 && operation.endsWith("content")
              ? Endpoint.OPENAI_BATCH_OUTPUT
              : Endpoint.OPENAI_FILES;
      case "uploads", "conversations" -> Endpoint.OPENAI_METADATA;
      case "vector_stores" -> Endpoint.OPENAI_VECTOR_STORES;
      default -> posted(method, Endpoint.OPENAI_OTHER);
    };
  }

  private static Endpoint openAiChat(String method, ProviderPath path) {
    if (path.is("chat", "completions")) {
      return posted(method, Endpoint.OPENAI_CHAT_COMPLETIONS);
    }
    boolean stored = path.startsWith("chat", "completions");
    if (stored && path.length() == 3 && method.equals("GET")) {
      return Endpoint.OPENAI_CHAT_COMPLETIONS_RETRIEVE;
    }
    return stored ? Endpoint.OPENAI_METADATA : posted(method, Endpoint.OPENAI_OTHER);
  }

  private static Endpoint openAiResponses(String method, ProviderPath path) {
    boolean post = method.equals("POST");
    if (path.length() == 1) {
      return posted(method, Endpoint.OPENAI_RESPONSES);
    }
    if (path.is("responses", "input_tokens")) {
      return Endpoint.OPENAI_RESPONSES_INPUT_TOKENS;
    }
    if (post && path.is("responses", "compact")) {
      return Endpoint.OPENAI_RESPONSES_COMPACT;
    }
    if (post && path.length() == 3 && path.endsWith("cancel")) {
      return Endpoint.OPENAI_RESPONSES_CANCEL;
    }
    if (method.equals("GET") && path.length() == 2) {
      return Endpoint.OPENAI_RESPONSES_RETRIEVE;
    }
    return posted(method, Endpoint.OPENAI_OTHER);
  }

  private static Endpoint openAiAudio(String method, ProviderPath path) {
    return switch (path.at(1)) {
      case "transcriptions" -> posted(method, Endpoint.OPENAI_AUDIO_TRANSCRIPTIONS);
      case "translations" -> posted(method, Endpoint.OPENAI_AUDIO_TRANSLATIONS);
      case "speech" -> posted(method, Endpoint.OPENAI_AUDIO_SPEECH);
      default -> posted(method, Endpoint.OPENAI_OTHER);
    };
  }

  /**
   * Without {@code openai}, {@code v1}, {@code deployments/…} and, of its model inference, {@code
   * models}, which Azure puts in front.
   */
  private static ProviderPath withoutAzure(ProviderPath path) {
    ProviderPath operation = path;
    if (operation.at(0).equals("openai")) {
      operation = operation.from(operation.at(1).equals("v1") ? 2 : 1);
    }
    if (operation.startsWith("models", "chat", "completions") || operation.is(AZURE_EMBEDDINGS)) {
      return operation.from(1);
    }
    return operation.at(0).equals("deployments") ? operation.from(2) : operation;
  }

  static Endpoint gemini(String method, ProviderPath path) {
    boolean post = method.equals("POST");
    if (post && path.endsWith("chat", "completions")) {
      return Endpoint.GEMINI_CHAT_COMPLETIONS;
    }
    if (post && path.is("openai", "embeddings")) {
      return Endpoint.GEMINI_EMBEDDINGS;
    }
    if (post && path.is("openai", "images", "generations")) {
      return Endpoint.GEMINI_IMAGES;
    }
    if (path.at(0).equals("openai")) {
      return gemini(method, path.from(1));
    }
    if (!path.action().isEmpty()) {
      return geminiAction(method, path);
    }
    return switch (path.at(0)) {
      case "interactions" -> interactions(method, path);
      case "batches" -> method.equals("GET") ? Endpoint.GEMINI_BATCHES : Endpoint.GEMINI_METADATA;
      case "cachedContents" -> posted(method, Endpoint.GEMINI_CACHED_CONTENTS);
      case "models", "tunedModels" ->
          READS.contains(method) ? Endpoint.GEMINI_MODELS : Endpoint.GEMINI_OTHER;
      case "files" -> Endpoint.GEMINI_FILES;
      default -> posted(method, Endpoint.GEMINI_OTHER);
    };
  }

  private static Endpoint geminiAction(String method, ProviderPath path) {
    return switch (path.action()) {
      case "generateContent" -> Endpoint.GEMINI_GENERATE_CONTENT;
      case "streamGenerateContent" -> Endpoint.GEMINI_STREAM_GENERATE_CONTENT;
      case "embedContent" -> Endpoint.GEMINI_EMBED_CONTENT;
      case "batchEmbedContents" -> Endpoint.GEMINI_BATCH_EMBED_CONTENTS;
      case "countTokens", "computeTokens" -> Endpoint.GEMINI_COUNT_TOKENS;
      case "predict" -> Endpoint.GEMINI_PREDICT;
      case "predictLongRunning" -> Endpoint.GEMINI_PREDICT_LONG_RUNNING;
      case "batchGenerateContent", "asyncBatchEmbedContent" ->
          Endpoint.GEMINI_BATCH_GENERATE_CONTENT;
      case "download" -> Endpoint.GEMINI_BATCH_OUTPUT;
      case "cancel", "delete", "fetchPredictOperation" -> Endpoint.GEMINI_METADATA;
      case "rawPredict", "streamRawPredict" -> rawPredict(path);
      default -> posted(method, Endpoint.GEMINI_OTHER);
    };
  }

  private static Endpoint rawPredict(ProviderPath path) {
    if (!path.contains("anthropic")) {
      return Endpoint.GEMINI_OTHER;
    }
    return path.endsWith("count-tokens")
        ? Endpoint.GEMINI_COUNT_TOKENS
        : Endpoint.GEMINI_ANTHROPIC_MESSAGES;
  }

  private static Endpoint interactions(String method, ProviderPath path) {
    if (path.length() == 1) {
      return posted(method, Endpoint.GEMINI_INTERACTIONS);
    }
    boolean read = method.equals("GET") && path.length() == 2;
    boolean cancel = method.equals("POST") && path.endsWith("cancel");
    return read || cancel ? Endpoint.GEMINI_INTERACTIONS_RETRIEVE : Endpoint.GEMINI_METADATA;
  }

  /** The endpoint if the request may order something, else the reads of its provider. */
  private static Endpoint posted(String method, Endpoint endpoint) {
    if (!READS.contains(method)) {
      return endpoint;
    }
    return switch (endpoint.provider()) {
      case ANTHROPIC -> Endpoint.ANTHROPIC_METADATA;
      case OPENAI -> Endpoint.OPENAI_METADATA;
      case GOOGLE -> Endpoint.GEMINI_METADATA;
      case COHERE, MISTRAL, STABILITY_AI, RUNWAY, REPLICATE, AMAZON, BLACK_FOREST_LABS ->
          throw new IllegalArgumentException(endpoint.name());
    };
  }
}
