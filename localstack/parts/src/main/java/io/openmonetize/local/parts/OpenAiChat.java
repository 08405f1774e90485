package io.openmonetize.local.parts;

import static io.openmonetize.local.parts.Wire.quote;

import java.util.ArrayList;
import java.util.List;

/** One answer of OpenAI's chat completions, whole or as the chunks of a stream. */
record OpenAiChat(String id, long created, String model, Reply reply) {
  String whole() {
    return """
    {
      "id": "chatcmpl-%s",
      "object": "chat.completion",
      "created": %d,
      "model": %s,
      "choices": [
        {
          "index": 0,
          "message": {
            "role": "assistant",
            "content": %s,
            "refusal": null,
            "annotations": []
          },
          "logprobs": null,
          "finish_reason": "stop"
        }
      ],
      "usage": %s,
      "service_tier": "default",
      "system_fingerprint": null
    }
    """
        .formatted(id, created, quote(model), quote(reply.text()), usage());
  }

  /**
   * @param withUsage whether the request asked for it: else no chunk says a word of usage
   */
  List<String> chunks(boolean withUsage) {
    String noUsage = withUsage ? "\"usage\":null," : "";
    List<String> chunks = new ArrayList<>();
    chunks.add(
        choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null", noUsage));
    for (String piece : reply.pieces()) {
      chunks.add(choice("{\"content\":" + quote(piece) + "}", "null", noUsage));
    }
    chunks.add(choice("{}", "\"stop\"", noUsage));
    if (withUsage) {
      chunks.add(chunk("\"choices\":[],\"usage\":" + usage() + ","));
    }
    chunks.add("data: [DONE]\n\n");
    return chunks;
  }

  private String choice(String delta, String finish, String usage) {
    return chunk(
        "\"choices\":[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}],%s"
            .formatted(delta, finish, usage));
  }

  private String chunk(String members) {
    return """
    data: {"id":"chatcmpl-%s","object":"chat.completion.chunk","created":%d,"model":%s,\
    "service_tier":"default","system_fingerprint":null,%s"obfuscation":"%s"}

    """
        .formatted(id, created, quote(model), members, "x".repeat(members.length() % 11));
  }

  private String usage() {
    Tokens tokens = reply.tokens();
    return """
    {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
    "prompt_tokens_details":{"cached_tokens":%d,"cache_write_tokens":%d,"audio_tokens":0},\
    "completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0,\
    "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}\
    """
        .formatted(
            tokens.allInput(),
            tokens.allOutput(),
            tokens.allInput() + tokens.allOutput(),
            tokens.cacheRead(),
            tokens.cacheWrite() + tokens.cacheWrite1h(),
            tokens.reasoning());
  }
}
