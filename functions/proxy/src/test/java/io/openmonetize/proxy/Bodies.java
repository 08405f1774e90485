package io.openmonetize.proxy;

/** Bodies as the providers send them, short. */
final class Bodies {
  static final String ANTHROPIC_REQUEST =
      "{\"model\":\"claude-sonnet-4-20250514\",\"max_tokens\":10,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  static final String ANTHROPIC_STREAM_REQUEST =
      "{\"stream\":true,\"model\":\"claude-sonnet-4-20250514\",\"max_tokens\":10,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  static final String ANTHROPIC_MESSAGE =
      "{\"id\":\"msg_01\",\"type\":\"message\",\"role\":\"assistant\","
          + "\"model\":\"claude-sonnet-4-20250514\","
          + "\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],\"stop_reason\":\"end_turn\","
          + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,\"output_tokens\":7}}";

  static final String ANTHROPIC_START =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_02\","
          + "\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-20250514\","
          + "\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":25,"
          + "\"output_tokens\":1}}}\n\n";

  static final String ANTHROPIC_DELTA =
      "event: content_block_delta\n"
          + "data:"
          + " {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Gr\u00fc\u00df"
          + " dich \ud83d\ude00\"}}\n\n";

  static final String ANTHROPIC_END =
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
          + "{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":15}}\n\n"
          + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

  static final String CHAT_STREAM_REQUEST =
      "{\"model\":\"gpt-5\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  static final String CHAT_CHUNK =
      "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
          + "\"model\":\"gpt-5-2025\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
          + "\"finish_reason\":null}],\"usage\":null}\n\n";

  static final String CHAT_USAGE =
      "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
          + "\"model\":\"gpt-5-2025\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
          + "\"completion_tokens\":3,\"total_tokens\":12}}\n\n";

  static final String CHAT_DONE = "data: [DONE]\n\n";

  static final String GEMINI_REQUEST =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";

  static final String GEMINI_ANSWER =
      "{\n  \"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Hello\"}],"
          + " \"role\": \"model\"}, \"finishReason\": \"STOP\"}],\n"
          + "  \"usageMetadata\": {\"promptTokenCount\": 4, \"candidatesTokenCount\": 2,"
          + " \"totalTokenCount\": 6},\n"
          + "  \"modelVersion\": \"gemini-2.5-flash\", \"responseId\": \"gem-1\"\n}\n";

  private Bodies() {}
}
