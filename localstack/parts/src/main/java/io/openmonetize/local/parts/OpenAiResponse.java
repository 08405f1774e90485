package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import java.util.ArrayList;
import java.util.List;

/** One answer of OpenAI's Responses API, whole or as the events of a stream. */
record OpenAiResponse(String id, long created, String model, Reply reply) {
  String whole() {
    return response("completed", reasoning() + message("completed", part()), usage());
  }

  List<String> events() {
    Events events = new Events();
    String waiting = response("in_progress", "", "null");
    events.add("response.created", "\"response\":" + waiting);
    events.add("response.in_progress", "\"response\":" + waiting);
    int index = 0;
    if (thinks()) {
      events.add("response.output_item.added", item(0, reasoningItem()));
      events.add("response.output_item.done", item(0, reasoningItem()));
      index = 1;
    }
    String place =
        "\"item_id\":\"msg_%s\",\"output_index\":%d,\"content_index\":0,".formatted(id, index);
    events.add("response.output_item.added", item(index, message("in_progress", "")));
    events.add("response.content_part.added", place + "\"part\":" + part(""));
    for (String piece : reply.pieces()) {
      events.add(
          "response.output_text.delta",
          place
              + "\"delta\":%s,\"logprobs\":[],\"obfuscation\":\"%s\""
                  .formatted(quote(piece), "x".repeat(piece.length() % 9)));
    }
    events.add(
        "response.output_text.done",
        place + "\"text\":" + quote(reply.text()) + ",\"logprobs\":[]");
    events.add("response.content_part.done", place + "\"part\":" + part());
    events.add("response.output_item.done", item(index, message("completed", part())));
    events.add("response.completed", "\"response\":" + whole());
    return events.list;
  }

  /** Numbers the events. */
  private static final class Events {
    private final List<String> list = new ArrayList<>();

    void add(String type, String members) {
      list.add(
          "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
              .formatted(type, type, list.size(), members));
    }
  }

  private boolean thinks() {
    return reply.tokens().reasoning() > 0;
  }

  private String response(String status, String output, String usage) {
    return """
    {"id":"resp_%s","object":"response","created_at":%d,"status":"%s","background":false,\
    "error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,\
    "model":%s,"output":[%s],"parallel_tool_calls":true,"previous_response_id":null,\
    "reasoning":{"effort":"medium","summary":null},"service_tier":"default","store":true,\
    "temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],\
    "top_p":1.0,"truncation":"disabled","usage":%s,"user":null,"metadata":{}}\
    """
        .formatted(id, created, status, quote(model), output, usage);
  }

  private String reasoning() {
    return thinks() ? reasoningItem() + "," : "";
  }

  private String reasoningItem() {
    return "{\"id\":\"rs_%s\",\"type\":\"reasoning\",\"summary\":[]}".formatted(id);
  }

  private String message(String status, String content) {
    return """
    {"id":"msg_%s","type":"message","status":"%s","content":[%s],"role":"assistant"}\
    """
        .formatted(id, status, content);
  }

  private String part() {
    return part(reply.text());
  }

  private static String part(String text) {
    return """
    {"type":"output_text","annotations":[],"logprobs":[],"text":%s}\
    """
        .formatted(quote(text));
  }

  private static String item(int index, String item) {
    return "\"output_index\":%d,\"item\":%s".formatted(index, item);
  }

  private String usage() {
    Tokens tokens = reply.tokens();
    return """
    {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d,"cache_write_tokens":%d},\
    "output_tokens":%d,"output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}\
    """
        .formatted(
            tokens.allInput(),
            tokens.cacheRead(),
            tokens.cacheWrite() + tokens.cacheWrite1h(),
            tokens.allOutput(),
            tokens.reasoning(),
            tokens.allInput() + tokens.allOutput());
  }
}
