package io.openmonetize.bench.load;

import java.util.List;

/** Whose API it is: the form of requests and answers. */
enum Shape {
  OPENAI(
      "/v1/chat/completions",
      "\"stream_options\":{\"include_usage\":true},",
      """
      {"id":"chatcmpl-C8w2kq1rT5bVn0","object":"chat.completion","created":1790000000,\
      "model":"bench-2026-11-24","choices":[{"index":0,"message":{"role":"assistant",\
      "content":"Herons stand still for minutes.","refusal":null,"annotations":[]},\
      "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":182,\
      "completion_tokens":9,"total_tokens":191,"prompt_tokens_details":{"cached_tokens":0},\
      "completion_tokens_details":{"reasoning_tokens":0}},"service_tier":"default"}\
      """,
      List.of(
          """
          data: {"id":"chatcmpl-C8w2kq1rT5bVn0","object":"chat.completion.chunk",\
          "created":1790000000,"model":"bench-2026-11-24","choices":[{"index":0,\
          "delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

          """),
      """
      data: {"id":"chatcmpl-C8w2kq1rT5bVn0","object":"chat.completion.chunk",\
      "created":1790000000,"model":"bench-2026-11-24","choices":[{"index":0,\
      "delta":{"content":"%s"},"finish_reason":null}],"usage":null}

      """,
      List.of(
          """
          data: {"id":"chatcmpl-C8w2kq1rT5bVn0","object":"chat.completion.chunk",\
          "created":1790000000,"model":"bench-2026-11-24","choices":[{"index":0,"delta":{},\
          "finish_reason":"stop"}],"usage":null}

          """,
          """
          data: {"id":"chatcmpl-C8w2kq1rT5bVn0","object":"chat.completion.chunk",\
          "created":1790000000,"model":"bench-2026-11-24","choices":[],\
          "usage":{"prompt_tokens":182,"completion_tokens":9,"total_tokens":191}}

          """,
          """
          data: [DONE]

          """)),
  ANTHROPIC(
      "/v1/messages",
      "",
      """
      {"id":"msg_01Qb5tYw7Hn2","type":"message","role":"assistant","model":"bench-2026-11-24",\
      "content":[{"type":"text","text":"Herons stand still for minutes."}],\
      "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":182,\
      "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":9,\
      "service_tier":"standard"}}\
      """,
      List.of(
          """
          event: message_start
          data: {"type":"message_start","message":{"id":"msg_01Qb5tYw7Hn2","type":"message",\
          "role":"assistant","content":[],"model":"bench-2026-11-24","stop_reason":null,\
          "stop_sequence":null,"usage":{"input_tokens":182,"cache_creation_input_tokens":0,\
          "cache_read_input_tokens":0,"output_tokens":1,"service_tier":"standard"}}}

          event: content_block_start
          data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

          """),
      """
      event: content_block_delta
      data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

      """,
      List.of(
          """
          event: content_block_stop
          data: {"type":"content_block_stop","index":0}

          """,
          """
          event: message_delta
          data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
          "usage":{"output_tokens":9}}

          event: message_stop
          data: {"type":"message_stop"}

          """));

  private static final int REQUEST_BYTES = 940;
  private static final String PROMPT = "Say in one sentence how a heron stands when it fishes. ";

  private final String path;
  private final String streamOptions;
  private final String whole;
  private final List<String> opening;
  private final String piece;
  private final List<String> closing;

  Shape(
      String path,
      String streamOptions,
      String whole,
      List<String> opening,
      String piece,
      List<String> closing) {
    this.path = path;
    this.streamOptions = streamOptions;
    this.whole = whole;
    this.opening = opening;
    this.piece = piece;
    this.closing = closing;
  }

  String path() {
    return path;
  }

  /** A whole answer. */
  String answer() {
    return whole;
  }

  /** What comes before the first piece of text. */
  String opening() {
    return String.join("", opening);
  }

  String piece(String text) {
    return piece.formatted(text);
  }

  /** What comes behind the last piece: the count of tokens, and that the stream is whole. */
  String closing() {
    return String.join("", closing);
  }

  /** A request of two messages, always as long. */
  String request(String model, boolean stream) {
    String asked = stream ? "\"stream\":true," + streamOptions : "";
    String form =
        "{\"model\":\"%s\",%s\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":"
            + "\"%s\"},{\"role\":\"assistant\",\"content\":\"%s\"}]}";
    String second = PROMPT.repeat(3).strip();
    int left = REQUEST_BYTES - form.formatted(model, asked, "", second).length();
    return form.formatted(model, asked, PROMPT.repeat(20).substring(0, left), second);
  }
}
