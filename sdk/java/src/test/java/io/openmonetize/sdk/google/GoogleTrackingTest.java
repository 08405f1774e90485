package io.openmonetize.sdk.google;

import static io.openmonetize.sdk.google.GoogleTracking.withGoogleTracking;
import static io.openmonetize.sdk.tracked.Wrapping.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ApiException;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import io.openmonetize.local.parts.Script;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.tracked.Wrapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GoogleTrackingTest {
  private static final String MODEL = "gemini-2.5-flash";
  private static final String CHUNK =
      """
      data: {"candidates":[{"content":{"parts":[{"text":"canary"}],"role":"model"}}],\
      "usageMetadata":{"promptTokenCount":9,"totalTokenCount":9},"modelVersion":"gemini-2.5-flash",\
      "responseId":"r1"}

      """;

  private Wrapping wrapping;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    wrapping = Wrapping.start();
    client =
        Client.builder()
            .apiKey("k")
            .httpOptions(
                HttpOptions.builder()
                    .baseUrl(wrapping.providers().gemini().baseUrl().toString())
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    wrapping.close();
  }

  @Test
  void unary_givesTheSameAndIsBooked() {
    GenerateContentResponse wrapped =
        withGoogleTracking(
            wrapping.om(), WHO, () -> client.models.generateContent(MODEL, "a meter?", null));

    assertThat(wrapped.toJson())
        .isEqualTo(client.models.generateContent(MODEL, "a meter?", null).toJson());
    assertIsUsual(booked(), false);
  }

  @Test
  void streamed_givesTheSameElementsAndIsBooked() {
    List<String> wrapped = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        withGoogleTracking(
            wrapping.om(),
            WHO,
            () -> client.models.generateContentStream(MODEL, "a meter?", null))) {
      stream.forEach(chunk -> wrapped.add(chunk.toJson()));
    }
    List<String> direct = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(MODEL, "a meter?", null)) {
      stream.forEach(chunk -> direct.add(chunk.toJson()));
    }

    assertThat(wrapped).isEqualTo(direct);
    assertIsUsual(booked(), true);
  }

  @Test
  void stream_leftAfterTheFirst_isBookedAsCut() {
    wrapping.providers().gemini().enqueue(Script.sse().send(CHUNK).send(CHUNK).silence());

    try (ResponseStream<GenerateContentResponse> stream =
        withGoogleTracking(
            wrapping.om(),
            WHO,
            () -> client.models.generateContentStream(MODEL, "a meter?", null))) {
      assertThat(stream.iterator().next().text()).isEqualTo("canary");
    }

    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "GOOGLE",
                """
                "streamed":true,"response_cut":true,"provider_response_id":"r1",
                "provider_response":{"responseId":"r1","modelVersion":"gemini-2.5-flash",
                 "usageMetadata":{"promptTokenCount":9,"totalTokenCount":9}}
                """));
  }

  @Test
  void grounded_isBookedWithTheNumberOfSearchesAndWithoutTheirWords() {
    wrapping
        .providers()
        .gemini()
        .enqueue(
            Script.json(
                200,
                """
                {"candidates":[{"content":{"parts":[{"text":"canary"}],"role":"model"},
                  "groundingMetadata":{"webSearchQueries":["canary one","canary two","canary one"],
                   "groundingChunks":[{"maps":{"title":"canary"}}]}}],
                 "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":2,
                  "totalTokenCount":11},"modelVersion":"gemini-2.5-flash","responseId":"r1"}
                """));

    withGoogleTracking(
        wrapping.om(), WHO, () -> client.models.generateContent(MODEL, "a meter?", null));

    assertThat(booked().path("provider_response").path("candidates"))
        .isEqualTo(
            Wrapping.parse(
                """
                [{"groundingMetadata":{"webSearchQueries":["1","2"],
                  "groundingChunks":[{"maps":{}}]}}]
                """));
  }

  @Test
  void embeddings_areBookedByTheModelGiven() {
    wrapping
        .providers()
        .gemini()
        .enqueue(Script.json(200, "{\"embeddings\":[{\"values\":[0.25,0.5]}]}"));

    EmbedContentResponse wrapped =
        withGoogleTracking(
            wrapping.om(),
            WHO,
            "gemini-embedding-001",
            () -> client.models.embedContent("gemini-embedding-001", "a meter", null));

    assertThat(wrapped.embeddings().orElseThrow()).hasSize(1);
    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "GOOGLE", "\"model\":\"gemini-embedding-001\",\"provider_response\":{}"));
  }

  @Test
  void async_givesTheSameAndIsBooked() {
    CompletableFuture<GenerateContentResponse> wrapped =
        withGoogleTracking(
            wrapping.om(), WHO, () -> client.async.models.generateContent(MODEL, "a meter?", null));

    assertThat(wrapped.join().toJson())
        .isEqualTo(client.models.generateContent(MODEL, "a meter?", null).toJson());
    assertIsUsual(booked(), false);
  }

  @Test
  void asyncStreamed_isBooked() {
    CompletableFuture<ResponseStream<GenerateContentResponse>> wrapped =
        withGoogleTracking(
            wrapping.om(),
            WHO,
            () -> client.async.models.generateContentStream(MODEL, "a meter?", null));
    try (ResponseStream<GenerateContentResponse> stream = wrapped.join()) {
      stream.forEach(chunk -> {});
    }

    assertIsUsual(booked(), true);
  }

  @Test
  void brokenOpenMonetize_neverTouchesTheResult() throws Exception {
    GenerateContentResponse direct = client.models.generateContent(MODEL, "a meter?", null);
    Attribution nobody = null;
    OpenMonetize none = null;
    try (OpenMonetize dead = wrapping.client("http://127.0.0.1:1")) {
      assertThat(withGoogleTracking(dead, WHO, () -> direct)).isSameAs(direct);
      assertThat(withGoogleTracking(dead, nobody, () -> direct)).isSameAs(direct);
      assertThat(withGoogleTracking(none, WHO, () -> direct)).isSameAs(direct);
      assertThat(withGoogleTracking(dead, WHO, () -> "unknown")).isEqualTo("unknown");
      assertThat(dead.stats().dropped()).isEqualTo(1);
      try (ResponseStream<GenerateContentResponse> stream =
          withGoogleTracking(
              none, nobody, () -> client.models.generateContentStream(MODEL, "a meter?", null))) {
        assertThat(stream).isNotEmpty();
      }
    }
  }

  @Test
  void providersError_isTheSameAndNotBooked() {
    Script invalid =
        Script.json(
            400,
            """
            {"error":{"code":400,"message":"No such thing","status":"INVALID_ARGUMENT"}}
            """);
    wrapping.providers().gemini().enqueue(invalid, invalid);

    ApiException direct =
        catchThrowableOfType(
            ApiException.class, () -> client.models.generateContent(MODEL, "a meter?", null));
    ApiException wrapped =
        catchThrowableOfType(
            ApiException.class,
            () ->
                withGoogleTracking(
                    wrapping.om(),
                    WHO,
                    () -> client.models.generateContent(MODEL, "a meter?", null)));

    assertThat(wrapped).hasSameClassAs(direct).hasMessage(direct.getMessage());
    assertThat(wrapped.code()).isEqualTo(400);
    assertThat(wrapped.status()).isEqualTo(direct.status());
    assertThat(wrapping.booked()).isEmpty();
  }

  private JsonNode booked() {
    List<JsonNode> booked = wrapping.booked();
    assertThat(booked).hasSize(1);
    return booked.getFirst();
  }

  private static void assertIsUsual(JsonNode event, boolean streamed) {
    JsonNode answer = event.path("provider_response");
    assertThat(event.path("streamed").asBoolean()).isEqualTo(streamed);
    assertThat(event.has("response_cut")).isFalse();
    assertThat(answer.propertyStream().map(java.util.Map.Entry::getKey))
        .containsExactlyInAnyOrder("responseId", "modelVersion", "usageMetadata");
    assertThat(event.path("provider_response_id")).isEqualTo(answer.path("responseId"));
    assertThat(answer.path("usageMetadata").path("promptTokenCount").asLong()).isEqualTo(232);
    assertThat(answer.path("usageMetadata").path("thoughtsTokenCount").asLong()).isEqualTo(13);
  }
}
