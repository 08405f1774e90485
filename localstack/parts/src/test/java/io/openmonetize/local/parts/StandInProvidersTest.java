package io.openmonetize.local.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StandInProvidersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private static StandInProviders providers;
  private static HttpClient client;

  @BeforeAll
  static void start() throws IOException {
    providers = StandInProviders.start();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    client.close();
    providers.close();
  }

  @Test
  void messages_unary_statesEveryClassOfTokens() throws Exception {
    JsonNode usage = json(messages("{\"model\":\"m\"," + MESSAGES + "}")).path("usage");

    assertThat(usage.path("input_tokens").asInt()).isEqualTo(120);
    assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(64);
    assertThat(usage.path("cache_creation_input_tokens").asInt()).isEqualTo(48);
    assertThat(usage.path("cache_creation").path("ephemeral_1h_input_tokens").asInt())
        .isEqualTo(16);
    assertThat(usage.path("output_tokens").asInt()).isEqualTo(34);
  }

  @Test
  void messages_streamed_endsWithTheWholeUsage() throws Exception {
    List<JsonNode> events =
        data(messages("{\"model\":\"m\",\"stream\":true," + MESSAGES + "}").body());

    assertThat(events).extracting(e -> e.path("type").asText()).startsWith("message_start");
    assertThat(events).extracting(e -> e.path("type").asText()).endsWith("message_stop");
    JsonNode delta = events.get(events.size() - 2);
    assertThat(delta.path("usage").path("output_tokens").asInt()).isEqualTo(34);
  }

  @Test
  void messages_withARefusedKey_areTheProvidersUnauthorized() throws Exception {
    HttpResponse<String> answer =
        post(
            providers.anthropic(),
            "/v1/messages",
            "{}",
            "x-api-key",
            StandInProviders.REFUSED_KEY,
            "anthropic-version",
            "2023-06-01");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer).path("error").path("type").asText()).isEqualTo("authentication_error");
  }

  @Test
  void chatStream_withoutIncludeUsage_saysNothingOfUsage() throws Exception {
    String body = chat("{\"model\":\"m\",\"stream\":true," + MESSAGES + "}").body();

    assertThat(body).doesNotContain("usage").endsWith("data: [DONE]\n\n");
  }

  @Test
  void chatStream_withIncludeUsage_hasOneChunkWithUsageAndNoChoices() throws Exception {
    String request =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},";
    List<JsonNode> chunks = data(chat(request + MESSAGES + "}").body());

    assertThat(chunks.stream().filter(c -> !c.path("usage").isNull())).hasSize(1);
    assertThat(chunks.getLast().path("choices")).isEmpty();
    assertThat(chunks.getLast().path("usage").path("total_tokens").asInt()).isEqualTo(266);
  }

  @Test
  void responsesStream_endsWithTheCompletedResponse() throws Exception {
    HttpResponse<String> answer =
        post(
            providers.openAi(),
            "/v1/responses",
            "{\"model\":\"m\",\"input\":\"Hi\",\"stream\":true}",
            "Authorization",
            "Bearer k");

    JsonNode last = data(answer.body()).getLast();
    assertThat(last.path("type").asText()).isEqualTo("response.completed");
    assertThat(last.path("response").path("usage").path("output_tokens").asInt()).isEqualTo(34);
  }

  @Test
  void geminiStream_withoutSse_isOneArray() throws Exception {
    JsonNode elements = json(gemini("streamGenerateContent"));

    assertThat(elements).hasSize(StandInProviders.USUAL_REPLY.pieces().size());
    JsonNode usage = elements.get(elements.size() - 1).path("usageMetadata");
    assertThat(usage.path("thoughtsTokenCount").asInt()).isEqualTo(13);
  }

  @Test
  void geminiStream_withSse_endsItsLinesWithCrLf() throws Exception {
    String body = gemini("streamGenerateContent?alt=sse").body();

    assertThat(body).startsWith("data: {").endsWith("}\r\n\r\n");
    assertThat(data(body)).hasSize(StandInProviders.USUAL_REPLY.pieces().size());
  }

  private static HttpResponse<String> messages(String body) throws Exception {
    return post(
        providers.anthropic(),
        "/v1/messages",
        body,
        "x-api-key",
        "k",
        "anthropic-version",
        "2023-06-01");
  }

  private static HttpResponse<String> chat(String body) throws Exception {
    return post(providers.openAi(), "/v1/chat/completions", body, "Authorization", "Bearer k");
  }

  private static HttpResponse<String> gemini(String action) throws Exception {
    return post(
        providers.gemini(),
        "/v1beta/models/m:" + action,
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}",
        "x-goog-api-key",
        "k");
  }

  private static HttpResponse<String> post(
      FakeProvider provider, String path, String body, String... headers) throws Exception {
    URI uri = URI.create(provider.baseUrl() + path);
    return client.send(
        HttpRequest.newBuilder(uri).headers(headers).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static List<JsonNode> data(String body) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : body.split("\r?\n")) {
      if (line.startsWith("data: {")) {
        events.add(JSON.readTree(line.substring(6)));
      }
    }
    return events;
  }
}
