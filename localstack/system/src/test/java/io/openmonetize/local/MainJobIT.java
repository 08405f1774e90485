package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The path on which everything else hangs. */
@Timeout(120)
class MainJobIT {
  @Test
  void streamedCall_ofTheRealSdk_isMeteredStoredAndShown() throws Exception {
    try (TestSystem test = TestSystem.start()) {
      Map<String, String> headers = test.headers();
      AnthropicOkHttpClient.Builder builder =
          AnthropicOkHttpClient.builder()
              .apiKey("provider-key")
              .baseUrl(test.system().proxy().toString());
      headers.forEach(builder::putHeader);
      AnthropicClient client = builder.build();

      String text;
      try (StreamResponse<RawMessageStreamEvent> stream =
          client
              .messages()
              .createStreaming(
                  MessageCreateParams.builder()
                      .model("claude-sonnet-4-5")
                      .maxTokens(100)
                      .addUserMessage("What is a meter for?")
                      .build())) {
        text =
            stream.stream()
                .flatMap(event -> event.contentBlockDelta().stream())
                .flatMap(event -> event.delta().text().stream())
                .map(delta -> delta.text())
                .collect(Collectors.joining());
      }

      assertThat(text).isEqualTo("A meter counts what flows through it, größer or smaller.");
      JsonNode event = test.awaitEvent(headers.get("X-OM-Customer-Id"));
      assertThat(event.path("provider").asText()).isEqualTo("ANTHROPIC");
      assertThat(event.path("model").asText()).isEqualTo("claude-sonnet-4-5");
      assertThat(event.path("user_id").asText()).isEqualTo("ann");
      assertThat(event.path("feature_id").asText()).isEqualTo("chat");
      assertThat(event.path("usage_status").asText()).isEqualTo("exact");
      assertThat(event.path("cost_status").asText()).isEqualTo("priced");
      assertThat(event.path("tokens"))
          .isEqualTo(
              TestSystem.JSON.readTree(
                  """
                  {"input":120,"cache_read":64,"cache_write":32,"cache_write_1h":16,\
                  "output":21,"reasoning":13}\
                  """));
    }
  }
}
