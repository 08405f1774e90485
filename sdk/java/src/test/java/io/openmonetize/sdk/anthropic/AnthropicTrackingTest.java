package io.openmonetize.sdk.anthropic;

import static io.openmonetize.sdk.anthropic.AnthropicTracking.withAnthropicTracking;
import static io.openmonetize.sdk.tracked.Wrapping.WHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageTokensCount;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StructuredMessage;
import com.anthropic.models.messages.StructuredMessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.Script;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.OpenMonetizeLogger;
import io.openmonetize.sdk.tracked.Wrapping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AnthropicTrackingTest {
  private static final String ID = "msg_010123456789abcdef0123456789abcdef";
  private static final String START =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
      "model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,\
      "usage":{"input_tokens":9,"output_tokens":1}}}

      """;
  private static final String CUT =
      """
      "streamed":true,"response_cut":true,"provider_response_id":"msg_1",
      "provider_response":{"type":"message","id":"msg_1","model":"claude-sonnet-4-5",
       "usage":{"input_tokens":9,"output_tokens":1}}
      """;

  private Wrapping wrapping;
  private AnthropicClient client;

  @BeforeEach
  void start() throws IOException {
    wrapping = Wrapping.start();
    client =
        AnthropicOkHttpClient.builder()
            .apiKey("k")
            .baseUrl(wrapping.providers().anthropic().baseUrl().toString())
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    wrapping.close();
  }

  @Test
  void unary_givesTheSameAndIsBooked() {
    Message wrapped =
        withAnthropicTracking(wrapping.om(), WHO, () -> client.messages().create(message()));

    assertThat(wrapped).isEqualTo(client.messages().create(message()));
    assertThat(wrapping.booked()).containsExactly(whole(false));
  }

  @Test
  void streamed_givesTheSameElementsAndIsBooked() {
    List<RawMessageStreamEvent> wrapped = new ArrayList<>();
    try (StreamResponse<RawMessageStreamEvent> stream =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.messages().createStreaming(message()))) {
      stream.stream().forEach(wrapped::add);
    }

    assertThat(wrapped).isEqualTo(elements());
    assertThat(wrapping.booked()).containsExactly(whole(true));
  }

  @Test
  void stream_leftAfterTheFirstElements_isBookedAsCut() {
    wrapping.providers().anthropic().enqueue(Script.sse().send(START).silence());
    List<RawMessageStreamEvent> wrapped = new ArrayList<>();
    try (StreamResponse<RawMessageStreamEvent> stream =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.messages().createStreaming(message()))) {
      wrapped.add(stream.iterator().next());
    }

    assertThat(wrapped).hasSize(1);
    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
  }

  @Test
  void stream_leftByAnExceptionOfTheCaller_passesItAndIsBookedAsCut() {
    wrapping.providers().anthropic().enqueue(Script.sse().send(START).silence());
    IllegalStateException own = new IllegalStateException("of the caller");

    Throwable thrown =
        catchThrowable(
            () -> {
              try (StreamResponse<RawMessageStreamEvent> stream =
                  withAnthropicTracking(
                      wrapping.om(), WHO, () -> client.messages().createStreaming(message()))) {
                stream.stream()
                    .forEach(
                        event -> {
                          throw own;
                        });
              }
            });

    assertThat(thrown).isSameAs(own);
    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
  }

  @Test
  void stream_ofJavaClosed_isBookedAsCutAtOnce() {
    wrapping.providers().anthropic().enqueue(Script.sse().send(START).silence());
    StreamResponse<RawMessageStreamEvent> response =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.messages().createStreaming(message()));
    try (Stream<RawMessageStreamEvent> events = response.stream()) {
      assertThat(events.findFirst()).isPresent();
    }

    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
    response.close();
  }

  @Test
  void asyncStreamed_closedAfterTheFirst_isBookedAsCut() throws Exception {
    // Not silent for ever: the client's close waits for the read that is under way.
    wrapping
        .providers()
        .anthropic()
        .enqueue(Script.sse().send(START).pause(Duration.ofSeconds(3)).send(": \n\n"));
    AsyncStreamResponse<RawMessageStreamEvent> stream =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.async().messages().createStreaming(message()));
    CountDownLatch first = new CountDownLatch(1);
    stream.subscribe(event -> first.countDown());
    assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
    stream.close();

    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
  }

  @Test
  void structured_isTheSameObjectAndIsBooked() {
    StructuredMessageCreateParams<Reply> request =
        message().toBuilder().outputConfig(Reply.class).build();
    StructuredMessage<Reply> wrapped =
        withAnthropicTracking(wrapping.om(), WHO, () -> client.messages().create(request));

    assertThat(wrapped.rawMessage().id()).isEqualTo(ID);
    assertThat(wrapping.booked()).containsExactly(whole(false));
  }

  /** What is asked for. */
  public static final class Reply {
    public String text = "";
  }

  @Test
  void beta_wholeAndStreamed_areBooked() {
    com.anthropic.models.beta.messages.MessageCreateParams request =
        com.anthropic.models.beta.messages.MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(100)
            .addUserMessage("What is a meter for?")
            .build();
    BetaMessage wrapped =
        withAnthropicTracking(wrapping.om(), WHO, () -> client.beta().messages().create(request));
    assertThat(wrapped.id()).isEqualTo(ID);
    try (StreamResponse<BetaRawMessageStreamEvent> stream =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.beta().messages().createStreaming(request))) {
      assertThat(stream.stream().toList()).last().matches(event -> event.isMessageStop());
    }

    assertThat(wrapping.booked()).containsExactly(whole(false), whole(true));
  }

  @Test
  void stream_neverClosed_isBookedWhenNobodyHoldsIt() throws Exception {
    wrapping.providers().anthropic().enqueue(Script.sse().send(START).silence());
    readOneAndForget();

    while (wrapping.om().stats().tracked() == 0) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
    assertThat(wrapping.lines()).anyMatch(line -> line.contains("a stream was not closed"));
  }

  private void readOneAndForget() {
    Iterator<RawMessageStreamEvent> events =
        withAnthropicTracking(
                wrapping.om(), WHO, () -> client.messages().createStreaming(message()))
            .iterator();
    assertThat(events.next().isMessageStart()).isTrue();
  }

  @Test
  void stream_thatReportsAnError_failsTheSameWayAndIsBookedAsCut() {
    Script failing =
        Script.sse()
            .send(START)
            .send(
                """
                event: error
                data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

                """);
    wrapping.providers().anthropic().enqueue(failing, failing);

    AnthropicServiceException direct =
        catchThrowableOfType(AnthropicServiceException.class, this::elements);
    AnthropicServiceException wrapped =
        catchThrowableOfType(
            AnthropicServiceException.class,
            () ->
                withAnthropicTracking(
                        wrapping.om(), WHO, () -> client.messages().createStreaming(message()))
                    .stream()
                    .toList());

    assertThat(wrapped).hasSameClassAs(direct).hasMessage(direct.getMessage());
    assertThat(wrapped.statusCode()).isEqualTo(direct.statusCode());
    assertThat(wrapped.body()).isEqualTo(direct.body());
    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
  }

  @Test
  void stream_thatBreaksOff_isBookedAsCut() {
    wrapping.providers().anthropic().enqueue(Script.sse().send(START).cut());

    Throwable thrown =
        catchThrowable(
            () ->
                withAnthropicTracking(
                        wrapping.om(), WHO, () -> client.messages().createStreaming(message()))
                    .stream()
                    .toList());

    assertThat(thrown).isNotNull();
    assertThat(wrapping.booked()).containsExactly(anthropic(CUT));
  }

  @Test
  void providersError_isTheSameAndNotBooked() {
    wrapping.providers().anthropic().enqueue(AnthropicErrors.rateLimit());
    wrapping.providers().anthropic().enqueue(AnthropicErrors.rateLimit());

    AnthropicServiceException direct =
        catchThrowableOfType(
            AnthropicServiceException.class, () -> client.messages().create(message()));
    AnthropicServiceException wrapped =
        catchThrowableOfType(
            AnthropicServiceException.class,
            () ->
                withAnthropicTracking(
                    wrapping.om(), WHO, () -> client.messages().create(message())));

    assertThat(wrapped).hasSameClassAs(direct).hasMessage(direct.getMessage());
    assertThat(wrapped.statusCode()).isEqualTo(429);
    assertThat(wrapped.headers()).isEqualTo(direct.headers());
    assertThat(wrapped.body()).isEqualTo(direct.body());
    assertThat(wrapping.booked()).isEmpty();
  }

  @Test
  void async_givesTheSameAndIsBooked() {
    CompletableFuture<Message> wrapped =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.async().messages().create(message()));

    assertThat(wrapped.join()).isEqualTo(client.messages().create(message()));
    assertThat(wrapping.booked()).containsExactly(whole(false));
  }

  @Test
  void async_providersError_isTheCauseAndNotBooked() {
    wrapping.providers().anthropic().enqueue(AnthropicErrors.rateLimit());

    CompletableFuture<Message> wrapped =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.async().messages().create(message()));

    assertThat(catchThrowable(wrapped::join))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(AnthropicServiceException.class);
    assertThat(wrapping.booked()).isEmpty();
  }

  @Test
  void async_cancelled_isCancelledAndNotBooked() {
    wrapping.providers().anthropic().enqueue(Script.silent());
    CompletableFuture<Message> call = client.async().messages().create(message());

    CompletableFuture<Message> wrapped = withAnthropicTracking(wrapping.om(), WHO, () -> call);
    wrapped.cancel(true);

    assertThat(call).isCancelled();
    assertThat(catchThrowable(wrapped::join)).isInstanceOf(CancellationException.class);
    assertThat(wrapping.booked()).isEmpty();
  }

  @Test
  void asyncStreamed_handsOverTheSameAndIsBooked() {
    List<RawMessageStreamEvent> wrapped = new CopyOnWriteArrayList<>();
    AsyncStreamResponse<RawMessageStreamEvent> stream =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.async().messages().createStreaming(message()));
    stream.subscribe(wrapped::add).onCompleteFuture().join();

    assertThat(wrapped).isEqualTo(elements());
    assertThat(wrapping.booked()).containsExactly(whole(true));
  }

  @Test
  void asyncStreamed_providersError_isHandedOverAndNotBooked() {
    wrapping.providers().anthropic().enqueue(AnthropicErrors.rateLimit());
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    AsyncStreamResponse<RawMessageStreamEvent> stream =
        withAnthropicTracking(
            wrapping.om(), WHO, () -> client.async().messages().createStreaming(message()));
    stream.subscribe(
        new AsyncStreamResponse.Handler<>() {
          @Override
          public void onNext(RawMessageStreamEvent event) {}

          @Override
          public void onComplete(Optional<Throwable> error) {
            failure.complete(error.orElse(null));
          }
        });

    assertThat(catchThrowable(() -> stream.onCompleteFuture().join())).isNotNull();
    assertThat(failure.join()).hasRootCauseInstanceOf(AnthropicServiceException.class);
    assertThat(wrapping.booked()).isEmpty();
  }

  @Test
  void result_notKnown_isTheSameObjectWithALine() {
    MessageCountTokensParams count =
        MessageCountTokensParams.builder().model("claude-sonnet-4-5").addUserMessage("Hi").build();
    MessageTokensCount result = client.messages().countTokens(count);

    assertThat(withAnthropicTracking(wrapping.om(), WHO, () -> result)).isSameAs(result);

    assertThat(wrapping.booked()).isEmpty();
    assertThat(wrapping.lines()).hasSize(1).first().asString().contains("MessageTokensCount");
  }

  @Test
  void brokenOpenMonetize_neverTouchesTheResult() throws Exception {
    Message direct = client.messages().create(message());
    OpenMonetizeLogger throwing =
        (OpenMonetizeLogger)
            java.lang.reflect.Proxy.newProxyInstance(
                OpenMonetizeLogger.class.getClassLoader(),
                new Class<?>[] {OpenMonetizeLogger.class},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException("a broken logger");
                });
    Attribution nobody = null;
    OpenMonetize none = null;
    try (OpenMonetize dead = wrapping.client("http://127.0.0.1:1");
        OpenMonetize loud =
            OpenMonetize.builder()
                .apiKey("k")
                .baseUrl("http://127.0.0.1:1")
                .logger(throwing)
                .build()) {
      assertThat(withAnthropicTracking(dead, WHO, () -> direct)).isSameAs(direct);
      assertThat(withAnthropicTracking(dead, nobody, () -> direct)).isSameAs(direct);
      assertThat(withAnthropicTracking(loud, nobody, () -> direct)).isSameAs(direct);
      assertThat(withAnthropicTracking(loud, WHO, () -> "unknown")).isEqualTo("unknown");
      assertThat(withAnthropicTracking(none, WHO, () -> direct)).isSameAs(direct);
    }
  }

  private List<RawMessageStreamEvent> elements() {
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(message())) {
      return stream.stream().toList();
    }
  }

  /** The stand-in's usual answer; the fields of a stream's usage are those of both its parts. */
  private static JsonNode whole(boolean streamed) {
    return anthropic(
        """
        %s"provider_response_id":"%s",
        "provider_response":{"id":"%s","type":"message","model":"claude-sonnet-4-5",
         "usage":{"input_tokens":120,"cache_creation_input_tokens":48,"cache_read_input_tokens":64,
          "cache_creation":{"ephemeral_5m_input_tokens":32,"ephemeral_1h_input_tokens":16},
          "output_tokens":34,"output_tokens_details":{"thinking_tokens":13},
          "service_tier":"standard","inference_geo":"not_available"}}
        """
            .formatted(streamed ? "\"streamed\":true," : "", ID, ID));
  }

  private static JsonNode anthropic(String fields) {
    return Wrapping.event("ANTHROPIC", fields.replace("\"model\":null,", ""));
  }

  private static MessageCreateParams message() {
    return MessageCreateParams.builder()
        .model("claude-sonnet-4-5")
        .maxTokens(100)
        .addUserMessage("What is a meter for?")
        .build();
  }
}
