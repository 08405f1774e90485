package io.openmonetize.local.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What a streamed message of Anthropic says of its own usage. */
final class MessageUsage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data: ";

  private MessageUsage() {}

  /** The last {@code usage.output_tokens} of a {@code message_delta}, or -1. */
  static long outputTokens(String stream) throws IOException {
    long tokens = -1;
    for (String line : stream.split("\n")) {
      if (line.startsWith(DATA)) {
        JsonNode event = JSON.readTree(line.substring(DATA.length()));
        if (event.path("type").asText().equals("message_delta")) {
          tokens = event.path("usage").path("output_tokens").asLong(-1);
        }
      }
    }
    return tokens;
  }
}
