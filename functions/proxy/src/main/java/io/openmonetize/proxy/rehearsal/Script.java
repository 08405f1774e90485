package io.openmonetize.proxy.rehearsal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The call that is rehearsed: what a caller asks, and what the provider answers, as short as the
 * form allows.
 *
 * @param path of the proxy, the provider in front
 * @param body of the request
 * @param answer an event stream, piece by piece as the proxy reads it
 */
record Script(String path, String query, String body, List<String> answer) {
  /**
   * OpenAI's, whose way is the longest: its request is rewritten and a frame of its answer
   * withheld.
   */
  static final Script CALL =
      new Script(
          "/openai/v1/chat/completions",
          "",
          """
          {"model":"gpt-5","stream":true,"messages":[{"role":"user","content":"?"}]}\
          """,
          List.of(
              """
              data: {"id":"chatcmpl-0","object":"chat.completion.chunk","created":0,\
              "model":"gpt-5","service_tier":"default","choices":[{"index":0,\
              "delta":{"role":"assistant","content":"!"},"finish_reason":"stop"}],"usage":null}

              """,
              """
              data: {"id":"chatcmpl-0","object":"chat.completion.chunk","created":0,\
              "model":"gpt-5","service_tier":"default","choices":[],"usage":{"prompt_tokens":2,\
              "completion_tokens":2,"total_tokens":4,"prompt_tokens_details":{"cached_tokens":1,\
              "audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":1}}}

              """,
              """
              data: [DONE]

              """));

  /** The event of a Function URL, with its body as the platform sends it. */
  byte[] event(String key) {
    String coded = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    String event =
        "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\""
            + path
            + "\",\"rawQueryString\":\""
            + query
            + """
            ","headers":{"content-type":"application/json","accept":"*/*",\
            "accept-encoding":"gzip","user-agent":"rehearsal","authorization":"Bearer 0",\
            "x-api-key":"0","x-goog-api-key":"0","x-om-customer-id":"rehearsal",\
            "x-om-user-id":"rehearsal","x-om-feature-id":"rehearsal","x-om-api-key":"\
            """
            + key
            + "\"},\"requestContext\":{\"http\":{\"method\":\"POST\",\"path\":\""
            + path
            + "\"}},\"body\":\""
            + coded
            + "\",\"isBase64Encoded\":true}";
    return event.getBytes(StandardCharsets.UTF_8);
  }
}
