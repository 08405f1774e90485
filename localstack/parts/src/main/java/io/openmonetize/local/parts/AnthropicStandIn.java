package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.RequestHead;
import java.util.List;
import java.util.Optional;

/** Answers like Anthropic's Messages API. */
final class AnthropicStandIn implements Answers {
  private final Model model;

  AnthropicStandIn(Model model) {
    this.model = model;
  }

  @Override
  public Script answer(RequestHead head, byte[] body) {
    Optional<String> key = head.headers().first("x-api-key").or(() -> Wire.bearer(head.headers()));
    if (!key.filter(StandInProviders::accepts).isPresent()) {
      return AnthropicErrors.authentication();
    }
    String path = Wire.path(head);
    if (!head.method().equals("POST")
        || !List.of("/v1/messages", "/v1/messages/count_tokens").contains(path)) {
      return AnthropicErrors.of(404, "not_found_error", "Not found");
    }
    if (!head.headers().contains("anthropic-version")) {
      return AnthropicErrors.invalid("anthropic-version: header is required");
    }
    JsonNode request = Wire.parse(body);
    if (!request.path("model").isTextual() || !request.path("messages").isArray()) {
      return AnthropicErrors.invalid("model, messages: Field required");
    }
    Reply reply = model.replies().apply(body);
    if (path.endsWith("count_tokens")) {
      return json("{\"input_tokens\":" + reply.tokens().allInput() + "}");
    }
    Message message = new Message(model.ids().get(), request.path("model").asText(), reply);
    Script script = request.path("stream").asBoolean() ? stream(message) : json(message.whole());
    return script.after(model.pace().first());
  }

  private Script json(String body) {
    Headers headers = Wire.join(Headers.of("Content-Type", "application/json"), meta());
    return Script.whole(200, headers, Wire.utf8(body));
  }

  private Script stream(Message message) {
    Headers headers =
        Wire.join(
            Headers.of(
                "Content-Type", "text/event-stream; charset=utf-8", "Cache-Control", "no-cache"),
            meta());
    Script script = Script.stream(200, headers);
    for (String event : message.opening()) {
      script = script.send(event);
    }
    for (String piece : message.reply().pieces()) {
      script = script.pause(model.pace().between()).send(message.delta(piece));
    }
    return script.pause(model.pace().between()).send(message.closing());
  }

  private Headers meta() {
    String reset = model.clock().instant().plusSeconds(30).toString();
    return Headers.of(
        "request-id", "req_01" + model.ids().get().substring(0, 22),
        "anthropic-organization-id", "0d0f3a52-5e0c-4a3e-9f57-6a2f1f4f7b11",
        "anthropic-ratelimit-requests-limit", "4000",
        "anthropic-ratelimit-requests-remaining", "3999",
        "anthropic-ratelimit-requests-reset", reset,
        "anthropic-ratelimit-tokens-limit", "400000",
        "anthropic-ratelimit-tokens-remaining", "399000",
        "anthropic-ratelimit-tokens-reset", reset);
  }

  /** One answer, whole or as the events of a stream. */
  private record Message(String id, String model, Reply reply) {
    String whole() {
      String thinking =
          thinks()
              ? "{\"type\":\"thinking\",\"thinking\":\"Let me see.\",\"signature\":\"EqQBCkgI\"},"
              : "";
      return """
      {"model":%s,"id":"msg_01%s","type":"message","role":"assistant","content":[%s\
      {"type":"text","text":%s}],"stop_reason":"end_turn","stop_sequence":null,"usage":%s}\
      """
          .formatted(
              quote(model), id, thinking, quote(reply.text()), usage(reply.tokens().allOutput()));
    }

    List<String> opening() {
      String start =
          event(
              "message_start",
              """
              {"type":"message_start","message":{"model":%s,"id":"msg_01%s","type":"message",\
              "role":"assistant","content":[],"stop_reason":null,"stop_sequence":null,"usage":%s}}\
              """
                  .formatted(quote(model), id, usage(1)));
      return List.of(
          start + (thinks() ? thinking() : ""),
          event(
                  "content_block_start",
                  "{\"type\":\"content_block_start\",\"index\":%d,".formatted(textIndex())
                      + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
              + event("ping", "{\"type\":\"ping\"}"));
    }

    String delta(String piece) {
      return event(
          "content_block_delta",
          """
          {"type":"content_block_delta","index":%d,"delta":{"type":"text_delta","text":%s}}\
          """
              .formatted(textIndex(), quote(piece)));
    }

    String closing() {
      Tokens tokens = reply.tokens();
      return event("content_block_stop", stop(textIndex()))
          + event(
              "message_delta",
              """
              {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
              "usage":{"input_tokens":%d,"cache_creation_input_tokens":%d,\
              "cache_read_input_tokens":%d,"output_tokens":%d,\
              "output_tokens_details":{"thinking_tokens":%d}}}\
              """
                  .formatted(
                      tokens.input(),
                      tokens.cacheWrite() + tokens.cacheWrite1h(),
                      tokens.cacheRead(),
                      tokens.allOutput(),
                      tokens.reasoning()))
          + event("message_stop", "{\"type\":\"message_stop\"}");
    }

    private String thinking() {
      return event(
              "content_block_start",
              """
              {"type":"content_block_start","index":0,"content_block":{"type":"thinking",\
              "thinking":"","signature":""}}\
              """)
          + event(
              "content_block_delta",
              """
              {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta",\
              "thinking":"Let me see."}}\
              """)
          + event(
              "content_block_delta",
              """
              {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta",\
              "signature":"EqQBCkgI"}}\
              """)
          + event("content_block_stop", stop(0));
    }

    private boolean thinks() {
      return reply.tokens().reasoning() > 0;
    }

    private int textIndex() {
      return thinks() ? 1 : 0;
    }

    private static String stop(int index) {
      return "{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index);
    }

    private String usage(long output) {
      Tokens tokens = reply.tokens();
      return """
      {"input_tokens":%d,"cache_creation_input_tokens":%d,"cache_read_input_tokens":%d,\
      "cache_creation":{"ephemeral_5m_input_tokens":%d,"ephemeral_1h_input_tokens":%d},\
      "output_tokens":%d,"output_tokens_details":{"thinking_tokens":%d},\
      "service_tier":"standard","inference_geo":"not_available"}\
      """
          .formatted(
              tokens.input(),
              tokens.cacheWrite() + tokens.cacheWrite1h(),
              tokens.cacheRead(),
              tokens.cacheWrite(),
              tokens.cacheWrite1h(),
              output,
              Math.min(output, tokens.reasoning()));
    }

    /** The provider pads its data lines with spaces of varying number, so that sizes tell less. */
    private static String event(String type, String data) {
      return "event: " + type + "\ndata: " + data + " ".repeat(data.length() % 13) + "\n\n";
    }
  }
}
