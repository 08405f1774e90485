package io.openmonetize.proxy.rehearsal;

import io.openmonetize.events.Provider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A call that is rehearsed: what a caller asks, and what the provider answers, as short as the form
 * allows.
 *
 * @param path of the proxy, the provider in front
 * @param body of the request
 * @param answer an event stream, piece by piece as the proxy reads it
 */
record Script(Provider provider, String path, String query, String body, List<String> answer) {
  private static final Script OPENAI =
      new Script(
          Provider.OPENAI,
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

  private static final Script ANTHROPIC =
      new Script(
          Provider.ANTHROPIC,
          "/anthropic/v1/messages",
          "",
          """
          {"model":"claude-sonnet-4-20250514","max_tokens":1,"stream":true,\
          "messages":[{"role":"user","content":"?"}]}\
          """,
          List.of(
              """
              event: message_start
              data: {"type":"message_start","message":{"id":"msg_0","type":"message",\
              "role":"assistant","model":"claude-sonnet-4-20250514","content":[],\
              "usage":{"input_tokens":2,"cache_creation_input_tokens":0,\
              "cache_read_input_tokens":0,"output_tokens":1,"service_tier":"standard"}}}

              """,
              """
              event: content_block_delta
              data: {"type":"content_block_delta","index":0,\
              "delta":{"type":"text_delta","text":"!"}}

              """,
              """
              event: message_delta
              data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},\
              "usage":{"output_tokens":2}}

              event: message_stop
              data: {"type":"message_stop"}

              """));

  private static final Script GEMINI =
      new Script(
          Provider.GOOGLE,
          "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent",
          "alt=sse",
          """
          {"contents":[{"role":"user","parts":[{"text":"?"}]}]}\
          """,
          List.of(
              """
              data: {"candidates":[{"content":{"parts":[{"text":"!"}],"role":"model"},\
              "finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":2,\
              "candidatesTokenCount":2,"totalTokenCount":4,"promptTokensDetails":\
              [{"modality":"TEXT","tokenCount":2}]},"modelVersion":"gemini-2.5-flash",\
              "responseId":"0"}

              """));

  /** One for each provider. */
  static List<Script> all() {
    return List.of(ANTHROPIC, GEMINI, OPENAI);
  }

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
