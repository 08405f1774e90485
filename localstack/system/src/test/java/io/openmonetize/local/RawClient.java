package io.openmonetize.local;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls as the wire has them, for what no SDK would send. */
final class RawClient {
  static final String MESSAGE =
      """
      {"model":"claude-sonnet-4-5","max_tokens":100,\
      "messages":[{"role":"user","content":"Hi"}]}\
      """;
  static final String STREAMED_MESSAGE =
      MESSAGE.replace("{\"model\"", "{\"stream\":true,\"model\"");
  static final String CHAT =
      """
      {"model":"gpt-4.1-mini","messages":[{"role":"user","content":"Hi"}]}\
      """;
  static final String STREAMED_CHAT = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");
  static final String CONTENT =
      """
      {"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}\
      """;

  private RawClient() {}

  /** With the key that every stand-in wants, each in its own header. */
  static HttpRequest.Builder post(URI proxy, String target, byte[] body, Map<String, String> om) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(proxy + target))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer provider-key")
            .header("x-goog-api-key", "provider-key")
            .header("anthropic-version", "2023-06-01")
            .POST(BodyPublishers.ofByteArray(body));
    om.forEach(request::header);
    return request;
  }

  static HttpRequest.Builder post(URI proxy, String target, String body, Map<String, String> om) {
    return post(proxy, target, body.getBytes(StandardCharsets.UTF_8), om);
  }
}
