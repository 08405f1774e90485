package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.OpenAiErrors;
import io.openmonetize.local.parts.ReceivedCall;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the official SDKs do by themselves when a provider fails first, and how it is booked. */
@Timeout(120)
class AttemptsIT {
  private TestSystem test;
  private Map<String, String> headers;

  @BeforeEach
  void start() throws IOException {
    test = TestSystem.start();
    headers = test.headers();
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void anthropic_overloadedFirst_areTwoRowsAndTheFirstCostsNothing() throws Exception {
    test.providers().anthropic().enqueue(AnthropicErrors.overloaded());
    callAnthropic(Map.of());

    List<JsonNode> rows = rows();
    assertAttempts(rows, 529);
    assertThat(rows).allMatch(row -> row.path("logical_call_id").isNull());
  }

  @Test
  void openAi_failingFirst_areTwoRowsAndTheFirstCostsNothing() throws Exception {
    test.providers().openAi().enqueue(OpenAiErrors.internal());
    callOpenAi(Map.of());

    List<JsonNode> rows = rows();
    assertAttempts(rows, 500);
    assertThat(rows).allMatch(row -> row.path("logical_call_id").isNull());
  }

  @Test
  void anthropic_withAnIdempotencyKey_isOneLogicalCall() throws Exception {
    test.providers().anthropic().enqueue(AnthropicErrors.overloaded());
    callAnthropic(Map.of("Idempotency-Key", "order-17"));

    assertOneLogicalCall(rows());
  }

  @Test
  void openAi_withAnIdempotencyKey_isOneLogicalCall() throws Exception {
    test.providers().openAi().enqueue(OpenAiErrors.internal());
    callOpenAi(Map.of("Idempotency-Key", "order-17"));

    assertOneLogicalCall(rows());
  }

  /**
   * Were it to fail, an SDK has begun to name its logical calls, and they can be grouped without a
   * word of the application: each header that differs between calls but not between tries.
   */
  @Test
  void officialSdks_nameNoLogicalCallByThemselves() {
    test.providers().anthropic().enqueue(AnthropicErrors.overloaded());
    callAnthropic(Map.of());
    callAnthropic(Map.of());
    test.providers().openAi().enqueue(OpenAiErrors.internal());
    callOpenAi(Map.of());
    callOpenAi(Map.of());

    assertThat(headersThatNameACall(test.providers().anthropic())).isEmpty();
    assertThat(headersThatNameACall(test.providers().openAi())).isEmpty();
  }

  private static Set<String> headersThatNameACall(FakeProvider provider) {
    List<Headers> tries =
        provider.calls().stream().map(ReceivedCall::head).map(head -> head.headers()).toList();
    assertThat(tries).hasSize(3);
    Set<String> names = new TreeSet<>();
    for (Headers.Field field : tries.getFirst().fields()) {
      List<String> value = tries.getFirst().all(field.name());
      if (value.equals(tries.get(1).all(field.name()))
          && !value.equals(tries.get(2).all(field.name()))) {
        names.add(field.name());
      }
    }
    return names;
  }

  private static void assertAttempts(List<JsonNode> rows, int failure) {
    JsonNode first = rows.getFirst();
    assertThat(first.path("attempt").asInt()).isEqualTo(1);
    assertThat(first.path("status").asText()).isEqualTo("error");
    assertThat(first.path("usage_status").asText()).as("after a %d", failure).isEqualTo("none");
    assertThat(first.path("input_tokens").asLong()).isZero();
    JsonNode second = rows.getLast();
    assertThat(second.path("attempt").asInt()).isEqualTo(2);
    assertThat(second.path("status").asText()).isEqualTo("ok");
    assertThat(second.path("usage_status").asText()).isEqualTo("exact");
    assertThat(second.path("input_tokens").asLong()).isPositive();
  }

  private static void assertOneLogicalCall(List<JsonNode> rows) {
    Set<String> ids =
        rows.stream().map(row -> row.path("logical_call_id").asText()).collect(Collectors.toSet());
    assertThat(ids).singleElement().asString().matches("[0-9a-f]{16}");
    assertThat(rows).extracting(row -> row.path("attempt").asInt()).containsExactly(1, 2);
  }

  /** Both events of the test's customer, by attempt. */
  private List<JsonNode> rows() throws Exception {
    JsonNode events = test.awaitEvents(headers.get("X-OM-Customer-Id"), 2);
    assertThat(events).hasSize(2);
    return StreamSupport.stream(events.spliterator(), false)
        .sorted(Comparator.comparingInt(event -> event.path("attempt").asInt()))
        .toList();
  }

  private void callAnthropic(Map<String, String> more) {
    AnthropicOkHttpClient.Builder client =
        AnthropicOkHttpClient.builder().apiKey("k").baseUrl(test.system().proxy().toString());
    headers.forEach(client::putHeader);
    MessageCreateParams.Builder message =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(100)
            .addUserMessage("What is a meter for?");
    more.forEach(message::putAdditionalHeader);
    client.build().messages().create(message.build());
  }

  private void callOpenAi(Map<String, String> more) {
    OpenAIOkHttpClient.Builder client =
        OpenAIOkHttpClient.builder().apiKey("k").baseUrl(test.system().proxy() + "/v1");
    headers.forEach(client::putHeader);
    ChatCompletionCreateParams.Builder chat =
        ChatCompletionCreateParams.builder()
            .model("gpt-4.1-mini")
            .addUserMessage("What is a meter for?");
    more.forEach(chat::putAdditionalHeader);
    client.build().chat().completions().create(chat.build());
  }
}
