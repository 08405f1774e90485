package io.openmonetize.sdk.openai;

import static io.openmonetize.sdk.openai.OpenAITracking.withOpenAITracking;
import static io.openmonetize.sdk.tracked.Wrapping.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.StructuredChatCompletion;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import com.openai.models.responses.StructuredResponseCreateParams;
import io.openmonetize.local.parts.Script;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.tracked.Wrapping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OpenAITrackingTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String CHAT =
      """
      "provider_response_id":"chatcmpl-%1$s",
      "provider_response":{"id":"chatcmpl-%1$s","object":"chat.completion","model":"gpt-4.1-mini"
      """
          .formatted(ID)
          .strip();

  private static final String CHUNK =
      """
      data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,\
      "model":"gpt-4.1-mini","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}]}

      """;

  private Wrapping wrapping;
  private OpenAIClient client;

  @BeforeEach
  void start() throws IOException {
    wrapping = Wrapping.start();
    client =
        OpenAIOkHttpClient.builder()
            .apiKey("k")
            .baseUrl(wrapping.providers().openAi().baseUrl() + "/v1")
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    wrapping.close();
  }

  @Test
  void chat_givesTheSameAndIsBooked() {
    ChatCompletion wrapped =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.chat().completions().create(chat().build()));

    assertThat(wrapped).isEqualTo(client.chat().completions().create(chat().build()));
    JsonNode event = booked();
    assertThat(event.has("streamed")).isFalse();
    assertIsAnswer(event, "chatcmpl-", "chat.completion", "prompt_tokens", 232);
  }

  @Test
  void chatStreamed_withUsage_givesTheSameAndIsBooked() {
    ChatCompletionCreateParams request =
        chat()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();

    List<ChatCompletionChunk> wrapped = new ArrayList<>();
    try (StreamResponse<ChatCompletionChunk> stream =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.chat().completions().createStreaming(request))) {
      stream.stream().forEach(wrapped::add);
    }

    assertThat(wrapped).isNotEmpty().allMatch(chunk -> chunk.id().equals("chatcmpl-" + ID));
    assertThat(wrapped.getLast().usage()).isPresent();
    JsonNode event = booked();
    assertThat(event.path("streamed").asBoolean()).isTrue();
    assertThat(event.has("response_cut")).isFalse();
    assertIsAnswer(event, "chatcmpl-", "chat.completion", "prompt_tokens", 232);
  }

  @Test
  void chatStreamed_withoutUsage_isBookedWithoutAndSaysHowToGetIt() {
    withOpenAITracking(
            wrapping.om(), WHO, () -> client.chat().completions().createStreaming(chat().build()))
        .stream()
        .forEach(chunk -> {});

    JsonNode event = booked();
    assertThat(event)
        .isEqualTo(
            Wrapping.event(
                "OPENAI", "\"streamed\":true," + CHAT + ",\"service_tier\":\"default\"}"));
    assertThat(wrapping.lines()).hasSize(1).first().asString().contains("include_usage");
  }

  @Test
  void chatStreamed_leftAfterTwo_isBookedAsCut() {
    try (StreamResponse<ChatCompletionChunk> stream =
        withOpenAITracking(
            wrapping.om(),
            WHO,
            () -> client.chat().completions().createStreaming(chat().build()))) {
      assertThat(stream.stream().limit(2).toList()).hasSize(2);
    }

    assertThat(booked().path("response_cut").asBoolean()).isTrue();
  }

  @Test
  void chatAsyncStreamed_handsOverAllAndIsBooked() {
    ChatCompletionCreateParams request =
        chat()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    List<ChatCompletionChunk> wrapped = new CopyOnWriteArrayList<>();
    AsyncStreamResponse<ChatCompletionChunk> stream =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.async().chat().completions().createStreaming(request));
    stream.subscribe(wrapped::add).onCompleteFuture().join();

    assertThat(wrapped.getLast().usage()).isPresent();
    assertIsAnswer(booked(), "chatcmpl-", "chat.completion", "prompt_tokens", 232);
  }

  @Test
  void responses_giveTheSameAndAreBooked() {
    Response wrapped =
        withOpenAITracking(wrapping.om(), WHO, () -> client.responses().create(response()));

    assertThat(wrapped).isEqualTo(client.responses().create(response()));
    assertIsAnswer(booked(), "resp_", "response", "input_tokens", 232);
  }

  @Test
  void responsesStreamed_giveTheSameAndAreBooked() {
    List<ResponseStreamEvent> wrapped = new ArrayList<>();
    try (StreamResponse<ResponseStreamEvent> stream =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.responses().createStreaming(response()))) {
      stream.stream().forEach(wrapped::add);
    }
    List<ResponseStreamEvent> direct;
    try (StreamResponse<ResponseStreamEvent> stream =
        client.responses().createStreaming(response())) {
      direct = stream.stream().toList();
    }

    assertThat(wrapped).isEqualTo(direct);
    JsonNode event = booked();
    assertThat(event.path("streamed").asBoolean()).isTrue();
    assertThat(event.has("response_cut")).isFalse();
    assertIsAnswer(event, "resp_", "response", "input_tokens", 232);
  }

  @Test
  void responsesStreamed_leftBeforeTheEnd_areBookedAsCutUnderTheirId() {
    try (StreamResponse<ResponseStreamEvent> stream =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.responses().createStreaming(response()))) {
      assertThat(stream.stream().iterator().next().isCreated()).isTrue();
    }

    JsonNode event = booked();
    assertThat(event.path("response_cut").asBoolean()).isTrue();
    assertThat(event.path("provider_response_id").asText()).isEqualTo("resp_" + ID);
  }

  @Test
  void embeddings_giveTheSameAndAreBookedWithoutVectors() {
    EmbeddingCreateParams request =
        EmbeddingCreateParams.builder().model("text-embedding-3-small").input("a meter").build();

    CreateEmbeddingResponse wrapped =
        withOpenAITracking(wrapping.om(), WHO, () -> client.embeddings().create(request));

    assertThat(wrapped).isEqualTo(client.embeddings().create(request));
    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "OPENAI",
                """
                "provider_response":{"object":"list","model":"text-embedding-3-small",
                 "usage":{"prompt_tokens":232,"total_tokens":232}}
                """));
  }

  @Test
  void images_areBookedByTheModelGivenAndWithoutTheImage() {
    wrapping
        .providers()
        .openAi()
        .enqueue(Script.json(200, "{\"created\":1,\"data\":[{\"b64_json\":\"canary\"}]}"));

    ImagesResponse wrapped =
        withOpenAITracking(
            wrapping.om(),
            WHO,
            "dall-e-3",
            () ->
                client
                    .images()
                    .generate(
                        ImageGenerateParams.builder().model("dall-e-3").prompt("a meter").build()));

    assertThat(wrapped.data().orElseThrow().getFirst().b64Json()).contains("canary");
    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "OPENAI", "\"model\":\"dall-e-3\",\"provider_response\":{\"data\":[{}]}"));
  }

  @Test
  void transcriptions_areBookedWithoutText() {
    wrapping
        .providers()
        .openAi()
        .enqueue(
            Script.json(
                200,
                "{\"text\":\"the canary\",\"usage\":{\"type\":\"duration\",\"seconds\":7.5}}"));

    withOpenAITracking(
        wrapping.om(),
        WHO,
        "whisper-1",
        () ->
            client
                .audio()
                .transcriptions()
                .create(
                    TranscriptionCreateParams.builder()
                        .model("whisper-1")
                        .responseFormat(AudioResponseFormat.JSON)
                        .file(new ByteArrayInputStream(new byte[] {1, 2, 3}))
                        .build()));

    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "OPENAI",
                """
                "model":"whisper-1",
                "provider_response":{"text":"","usage":{"type":"duration","seconds":7.5}}
                """));
  }

  @Test
  void chatAsyncStreamed_closedAfterTheFirst_isBookedAsCut() throws Exception {
    // Not silent for ever: the client's close waits for the read that is under way.
    wrapping
        .providers()
        .openAi()
        .enqueue(Script.sse().send(CHUNK).pause(Duration.ofSeconds(3)).send(CHUNK));
    AsyncStreamResponse<ChatCompletionChunk> stream =
        withOpenAITracking(
            wrapping.om(),
            WHO,
            () -> client.async().chat().completions().createStreaming(chat().build()));
    CountDownLatch first = new CountDownLatch(1);
    stream.subscribe(chunk -> first.countDown());
    assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
    stream.close();

    assertThat(booked().path("response_cut").asBoolean()).isTrue();
    assertThat(booked().path("provider_response_id").asText()).isEqualTo("chatcmpl-1");
  }

  @Test
  void chatStreamed_streamOfJavaClosed_isBookedAsCutAtOnce() {
    StreamResponse<ChatCompletionChunk> response =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.chat().completions().createStreaming(chat().build()));
    try (Stream<ChatCompletionChunk> chunks = response.stream()) {
      assertThat(chunks.findFirst()).isPresent();
    }

    assertThat(booked().path("response_cut").asBoolean()).isTrue();
    response.close();
  }

  /** What is asked for. */
  public static final class Reply {
    public String text = "";
  }

  @Test
  void structured_chatAndResponse_areBooked() {
    StructuredChatCompletionCreateParams<Reply> chat = chat().responseFormat(Reply.class).build();
    StructuredChatCompletion<Reply> completion =
        withOpenAITracking(wrapping.om(), WHO, () -> client.chat().completions().create(chat));
    StructuredResponseCreateParams<Reply> params = response().toBuilder().text(Reply.class).build();
    StructuredResponse<Reply> response =
        withOpenAITracking(wrapping.om(), WHO, () -> client.responses().create(params));

    assertThat(completion.id()).isEqualTo("chatcmpl-" + ID);
    assertThat(response.id()).isEqualTo("resp_" + ID);
    List<JsonNode> booked = wrapping.booked();
    assertThat(booked).hasSize(2);
    assertIsAnswer(booked.get(0), "chatcmpl-", "chat.completion", "prompt_tokens", 232);
    assertIsAnswer(booked.get(1), "resp_", "response", "input_tokens", 232);
  }

  @Test
  void imagesStreamed_areBookedByTheEventThatCompletes() {
    wrapping
        .providers()
        .openAi()
        .enqueue(
            Script.sse()
                .send(
                    """
                    data: {"type":"image_generation.partial_image","b64_json":"canary",\
                    "partial_image_index":0,"created_at":1,"background":"opaque",\
                    "output_format":"png","quality":"high","size":"1024x1024"}

                    data: {"type":"image_generation.completed","b64_json":"canary","created_at":1,\
                    "background":"opaque","output_format":"png","quality":"high",\
                    "size":"1024x1024","usage":{"input_tokens":9,"output_tokens":70,\
                    "total_tokens":79}}

                    """));
    ImageGenerateParams request =
        ImageGenerateParams.builder().model("gpt-image-1").prompt("a meter").build();

    try (StreamResponse<ImageGenStreamEvent> stream =
        withOpenAITracking(
            wrapping.om(), WHO, "gpt-image-1", () -> client.images().generateStreaming(request))) {
      assertThat(stream.stream().toList()).hasSize(2);
    }

    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "OPENAI",
                """
                "model":"gpt-image-1","streamed":true,
                "provider_response":{"type":"image_generation.completed",
                 "usage":{"input_tokens":9,"output_tokens":70,"total_tokens":79}}
                """));
  }

  @Test
  void transcriptionsStreamed_areBookedWithoutText() {
    wrapping
        .providers()
        .openAi()
        .enqueue(
            Script.sse()
                .send(
                    """
                    data: {"type":"transcript.text.delta","delta":"the canary"}

                    data: {"type":"transcript.text.done","text":"the canary",\
                    "usage":{"type":"tokens","input_tokens":9,"output_tokens":2,"total_tokens":11}}

                    """));
    TranscriptionCreateParams request =
        TranscriptionCreateParams.builder()
            .model("gpt-4o-transcribe")
            .file(new ByteArrayInputStream(new byte[] {1, 2, 3}))
            .build();

    try (StreamResponse<TranscriptionStreamEvent> stream =
        withOpenAITracking(
            wrapping.om(),
            WHO,
            "gpt-4o-transcribe",
            () -> client.audio().transcriptions().createStreaming(request))) {
      assertThat(stream.stream().toList()).hasSize(2);
    }

    assertThat(booked())
        .isEqualTo(
            Wrapping.event(
                "OPENAI",
                """
                "model":"gpt-4o-transcribe","streamed":true,
                "provider_response":{"type":"transcript.text.done","text":"",
                 "usage":{"type":"tokens","input_tokens":9,"output_tokens":2,"total_tokens":11}}
                """));
  }

  @Test
  void brokenOpenMonetize_neverTouchesTheResult() throws Exception {
    ChatCompletion direct = client.chat().completions().create(chat().build());
    Attribution nobody = null;
    OpenMonetize none = null;
    try (OpenMonetize dead = wrapping.client("http://127.0.0.1:1")) {
      assertThat(withOpenAITracking(dead, WHO, () -> direct)).isSameAs(direct);
      assertThat(withOpenAITracking(dead, nobody, () -> direct)).isSameAs(direct);
      assertThat(withOpenAITracking(none, WHO, () -> direct)).isSameAs(direct);
      assertThat(withOpenAITracking(dead, WHO, () -> "unknown")).isEqualTo("unknown");
      assertThat(
              withOpenAITracking(
                  none, nobody, () -> client.chat().completions().createStreaming(chat().build()))
                  .stream())
          .isNotEmpty();
      assertThat(dead.stats().dropped()).isEqualTo(1);
    }
  }

  @Test
  void async_givesTheSameAndIsBooked() {
    CompletableFuture<ChatCompletion> wrapped =
        withOpenAITracking(
            wrapping.om(), WHO, () -> client.async().chat().completions().create(chat().build()));

    assertThat(wrapped.join()).isEqualTo(client.chat().completions().create(chat().build()));
    assertIsAnswer(booked(), "chatcmpl-", "chat.completion", "prompt_tokens", 232);
  }

  @Test
  void providersError_isTheSameAndNotBooked() {
    Script limit =
        Script.json(429, "{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"No more\"}}");
    wrapping.providers().openAi().enqueue(limit, limit);

    OpenAIServiceException direct =
        catchThrowableOfType(
            OpenAIServiceException.class, () -> client.chat().completions().create(chat().build()));
    OpenAIServiceException wrapped =
        catchThrowableOfType(
            OpenAIServiceException.class,
            () ->
                withOpenAITracking(
                    wrapping.om(), WHO, () -> client.chat().completions().create(chat().build())));

    assertThat(wrapped).hasSameClassAs(direct).hasMessage(direct.getMessage());
    assertThat(wrapped.statusCode()).isEqualTo(429);
    assertThat(wrapped.body()).isEqualTo(direct.body());
    assertThat(wrapping.booked()).isEmpty();
  }

  private JsonNode booked() {
    List<JsonNode> booked = wrapping.booked();
    assertThat(booked).hasSize(1);
    return booked.getFirst();
  }

  /** Nothing but these fields, and of the usage at least the input. */
  private static void assertIsAnswer(
      JsonNode event, String prefix, String object, String inputName, long input) {
    JsonNode answer = event.path("provider_response");
    assertThat(answer.path("id").asText()).isEqualTo(prefix + ID);
    assertThat(event.path("provider_response_id").asText()).isEqualTo(prefix + ID);
    assertThat(answer.path("object").asText()).isEqualTo(object);
    assertThat(answer.path("usage").path(inputName).asLong()).isEqualTo(input);
    assertThat(answer.propertyStream().map(java.util.Map.Entry::getKey))
        .isSubsetOf("id", "object", "model", "status", "service_tier", "usage", "tool_usage");
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4.1-mini")
        .addUserMessage("What is a meter for?");
  }

  private static ResponseCreateParams response() {
    return ResponseCreateParams.builder().model("gpt-4.1").input("What is a meter for?").build();
  }
}
