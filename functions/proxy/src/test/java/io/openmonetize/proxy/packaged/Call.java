package io.openmonetize.proxy.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import java.io.IOException;
import java.util.List;

/**
 * A call of an SDK through the proxy.
 *
 * @param provider the first part of the path
 */
record Call(String provider, String path, String query, String body) {
  private static final String QUESTION =
      "What does a meter between a product and its model providers have to count, and for whom?";

  static final Call OPENAI_STREAM = openAi(true);

  /** Each provider, streamed and whole, and the second form that OpenAI has for both. */
  static List<Call> kinds() {
    return List.of(
        OPENAI_STREAM,
        anthropic(true),
        gemini("streamGenerateContent", "alt=sse"),
        responses(true),
        anthropic(false),
        openAi(false),
        gemini("generateContent", ""),
        responses(false));
  }

  /**
   * @throws IOException when it is not an answer of the provider's, which may be compressed
   */
  void requireAnswered(Answer answer) throws IOException {
    if (!answer.prelude().contains("\"statusCode\":200") || answer.body().isEmpty()) {
      throw new IOException(provider + path + " was answered " + answer.prelude() + answer.body());
    }
  }

  private static Call anthropic(boolean stream) {
    return new Call(
        "anthropic",
        "/v1/messages",
        "",
        "{\"model\":\"claude-sonnet-4-20250514\",\"max_tokens\":100,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\""
            + QUESTION
            + "\"}]}");
  }

  private static Call openAi(boolean stream) {
    return new Call(
        "openai",
        "/v1/chat/completions",
        "",
        "{\"model\":\"gpt-5\",\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\""
            + QUESTION
            + "\"}]}");
  }

  private static Call responses(boolean stream) {
    return new Call(
        "openai",
        "/v1/responses",
        "",
        "{\"model\":\"gpt-5\",\"stream\":" + stream + ",\"input\":\"" + QUESTION + "\"}");
  }

  private static Call gemini(String method, String query) {
    return new Call(
        "gemini",
        "/v1beta/models/gemini-2.5-flash:" + method,
        query,
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + QUESTION + "\"}]}]}");
  }
}
