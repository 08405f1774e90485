package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.ReceivedCall;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Providers that are down, silent, or break off: what the caller sees and what is booked. */
final class UpstreamFailureTest {
  private static final Duration SOON = Duration.ofMillis(400);

  /** For what must get through before: also on a busy machine. */
  private static final Duration LATER = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String ANTHROPIC_TIMEOUT =
      "{\"type\":\"error\",\"error\":{\"type\":\"timeout_error\","
          + "\"message\":\"Request to Anthropic timed out\"}}";
  private static final String OPENAI_TIMEOUT =
      "{\"error\":{\"message\":\"Request to upstream provider timed out\","
          + "\"type\":\"timeout_error\",\"code\":\"upstream_timeout\"}}";
  private static final String GEMINI_TIMEOUT =
      "{\"error\":{\"code\":504,\"message\":\"Request to Gemini timed out\","
          + "\"status\":\"DEADLINE_EXCEEDED\"}}";
  private static final String ANTHROPIC_DOWN =
      "{\"type\":\"error\",\"error\":{\"type\":\"connection_error\","
          + "\"message\":\"Failed to connect to Anthropic\"}}";
  private static final String OPENAI_DOWN =
      "{\"error\":{\"message\":\"Failed to connect to upstream provider\","
          + "\"type\":\"connection_error\",\"code\":\"upstream_unreachable\"}}";
  private static final String GEMINI_DOWN =
      "{\"error\":{\"code\":502,\"message\":\"Failed to connect to Gemini\","
          + "\"status\":\"UNAVAILABLE\"}}";

  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.silent());
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void stop() {
    bench.close();
    provider.close();
  }

  @Test
  void handle_providerDown_is502AndNothingIsBooked() throws IOException {
    try (Socket silent = boundAndNotListening();
        ProxyBench nowhere =
            new ProxyBench(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
      expect(nowhere.call(anthropic()), 502, ANTHROPIC_DOWN);
      expect(nowhere.call(openAi()), 502, OPENAI_DOWN);
      expect(nowhere.call(gemini()), 502, GEMINI_DOWN);
      assertThat(nowhere.events()).isEmpty();
      assertThat(nowhere.logged("call.unreached")).hasSize(3);
    }
  }

  @Test
  void handle_noHeadInTime_is504AndBookedAsMissing() throws Exception {
    bench.answerWithin(SOON);
    expect(bench.call(anthropic()), 504, ANTHROPIC_TIMEOUT);
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.TIMEOUT);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.MISSING);
    assertThat(bench.event().usage().reason()).isNotEmpty();
    assertThat(bench.event().identity()).isEqualTo(new EventIdentity.ById(ProxyBench.ID));
    assertThat(provider.calls().getLast().awaitEnd(PATIENCE)).isEqualTo(ReceivedCall.End.PEER_GONE);
    expect(bench.call(openAi()), 504, OPENAI_TIMEOUT);
    expect(bench.call(gemini()), 504, GEMINI_TIMEOUT);
    assertThat(provider.calls()).hasSize(3);
  }

  @Test
  void handle_countingTimesOut_isNotBillable() {
    bench.answerWithin(SOON);
    bench.call(Request.post("/v1/messages/count_tokens", Bodies.ANTHROPIC_REQUEST));
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.NONE);
  }

  @Test
  void handle_slowHeadOfAStream_hasNoLimitOfOurs() {
    bench.answerWithin(Duration.ofMillis(100));
    provider.enqueue(Script.sse().send(Bodies.ANTHROPIC_START).after(Duration.ofMillis(700)));
    RecordingResponder answer = bench.call(anthropicStream());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(Bodies.ANTHROPIC_START);
  }

  @Test
  void handle_slowHeadOfWhatMayBeAStream_hasNoLimitOfOurs() {
    bench.answerWithin(Duration.ofMillis(100));
    for (Request unread :
        new Request[] {
          anthropicStream().with("content-encoding", "br"),
          Request.post("/v1/messages", "{\"model\":\"m\",\"messages\":[")
        }) {
      provider.enqueue(Script.sse().send(Bodies.ANTHROPIC_START).after(Duration.ofMillis(700)));
      assertThat(bench.call(unread).status()).isEqualTo(200);
    }
  }

  @Test
  void handle_slowBody_hasNoLimitOfOurs() {
    bench.answerWithin(LATER);
    provider.enqueue(
        Script.stream(200, Headers.of("Content-Type", "application/json"))
            .send(Bodies.ANTHROPIC_MESSAGE.substring(0, 20))
            .pause(LATER.plusMillis(500))
            .send(Bodies.ANTHROPIC_MESSAGE.substring(20)));
    assertThat(bench.call(anthropic()).text()).isEqualTo(Bodies.ANTHROPIC_MESSAGE);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.EXACT);
  }

  @Test
  void handle_silentStreamAtTheDeadline_is504() {
    bench.deadlineIn(CallPolicy.RESERVE.plus(SOON));
    expect(bench.call(anthropicStream()), 504, ANTHROPIC_TIMEOUT);
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.TIMEOUT);
  }

  @Test
  void handle_anthropicStreamAtTheDeadline_getsAnErrorEventAndIsBookedAsPartial() {
    bench.deadlineIn(CallPolicy.RESERVE.plus(LATER));
    provider.enqueue(Script.sse().send(Bodies.ANTHROPIC_START).silence());
    RecordingResponder answer = bench.call(anthropicStream());
    assertThat(answer.text())
        .isEqualTo(Bodies.ANTHROPIC_START + "event: error\ndata: " + ANTHROPIC_TIMEOUT + "\n\n");
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.ENDED);
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.TIMEOUT);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.PARTIAL);
    assertThat(bench.event().usage().tokens().total(TokenClass.Side.INPUT)).isEqualTo(25);
  }

  @Test
  void handle_openAiAndGeminiStreamsAtTheDeadline_getTheirOwnErrorEvents() {
    bench.deadlineIn(CallPolicy.RESERVE.plus(LATER));
    provider.enqueue(Script.sse().send(Bodies.CHAT_CHUNK).silence());
    assertThat(bench.call(Request.post("/v1/chat/completions", Bodies.CHAT_STREAM_REQUEST)).text())
        .isEqualTo(Bodies.CHAT_CHUNK + "data: " + OPENAI_TIMEOUT + "\n\n");
    provider.enqueue(Script.sse().send("event: a\ndata: {}\n\n").silence());
    assertThat(
            bench.call(Request.post("/v1/responses", "{\"stream\":true,\"model\":\"m\"}")).text())
        .isEqualTo(
            "event: a\ndata: {}\n\nevent: error\ndata: {\"type\":\"error\","
                + OPENAI_TIMEOUT.substring(1)
                + "\n\n");
    provider.enqueue(Script.sse().send("data: {}\r\n\r\n").silence());
    assertThat(
            bench
                .call(
                    Request.post("/v1beta/models/m:streamGenerateContent", Bodies.GEMINI_REQUEST)
                        .query("alt=sse"))
                .text())
        .isEqualTo("data: {}\r\n\r\ndata: " + GEMINI_TIMEOUT + "\r\n\r\n");
  }

  @Test
  void handle_plainAnswerAtTheDeadline_breaksOff() {
    bench.deadlineIn(CallPolicy.RESERVE.plus(LATER));
    provider.enqueue(
        Script.stream(200, Headers.of("Content-Type", "application/json"))
            .send("{\"id\":")
            .silence());
    RecordingResponder answer = bench.call(anthropic());
    assertThat(answer.text()).isEqualTo("{\"id\":");
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.FAILED);
    assertThat(answer.errorType()).isEqualTo("Proxy.TimedOut");
  }

  @Test
  void handle_connectionClosedWithoutAnswer_is502AndBookedAsMissing() {
    provider.enqueue(Script.reset());
    expect(
        bench.call(anthropic()),
        502,
        "{\"type\":\"error\",\"error\":{\"type\":\"connection_error\","
            + "\"message\":\"Connection to Anthropic was lost\"}}");
    assertThat(provider.calls()).hasSize(1);
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.INTERRUPTED);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.MISSING);
  }

  @Test
  void handle_streamCutBetweenEvents_endsBrokenWithAnErrorEvent() {
    provider.enqueue(
        Script.sse().send(Bodies.ANTHROPIC_START).send(Bodies.ANTHROPIC_DELTA).pause(LATER).cut());
    RecordingResponder answer = bench.call(anthropicStream());
    assertThat(answer.text())
        .isEqualTo(
            Bodies.ANTHROPIC_START
                + Bodies.ANTHROPIC_DELTA
                + "event: error\n"
                + "data:"
                + " {\"type\":\"error\",\"error\":{\"type\":\"connection_error\",\"message\":\"Connection"
                + " to Anthropic was lost\"}}\n\n");
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.FAILED);
    assertThat(answer.errorType()).isEqualTo("Provider.Interrupted");
    assertThat(bench.event().call().status()).isEqualTo(CallStatus.INTERRUPTED);
    assertThat(bench.event().call().httpStatus()).isEqualTo(200);
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.PARTIAL);
    assertThat(bench.event().usage().tokens().total(TokenClass.Side.INPUT)).isEqualTo(25);
  }

  @Test
  void handle_streamCutInsideAnEvent_endsThatEventBeforeItsOwn() {
    String half = Bodies.ANTHROPIC_DELTA.substring(0, 40);
    provider.enqueue(Script.sse().send(Bodies.ANTHROPIC_START).send(half).pause(LATER).cut());
    RecordingResponder answer = bench.call(anthropicStream());
    assertThat(answer.text()).startsWith(Bodies.ANTHROPIC_START + half + "\n\nevent: error\n");
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.FAILED);
  }

  @Test
  void handle_chatStreamCutInsideAnEvent_callerGetsWhatCameOfIt() {
    String half = Bodies.CHAT_CHUNK.substring(0, 20);
    provider.enqueue(Script.sse().send(Bodies.CHAT_CHUNK).send(half).pause(LATER).cut());
    RecordingResponder answer =
        bench.call(Request.post("/v1/chat/completions", Bodies.CHAT_STREAM_REQUEST));
    assertThat(answer.text()).startsWith(Bodies.CHAT_CHUNK + half + "\n\ndata: {\"error\"");
  }

  @Test
  void handle_chatStreamAtTheDeadlineInsideAnEvent_callerGetsWhatCameOfIt() {
    bench.deadlineIn(CallPolicy.RESERVE.plus(LATER));
    String half = Bodies.CHAT_CHUNK.substring(0, 20);
    provider.enqueue(Script.sse().send(Bodies.CHAT_CHUNK).send(half).silence());
    RecordingResponder answer =
        bench.call(Request.post("/v1/chat/completions", Bodies.CHAT_STREAM_REQUEST));
    assertThat(answer.text()).startsWith(Bodies.CHAT_CHUNK + half + "\n\ndata: " + OPENAI_TIMEOUT);
  }

  @Test
  void handle_plainAnswerCut_endsBrokenWithNothingAdded() {
    provider.enqueue(
        Script.stream(200, Headers.of("Content-Type", "application/json"))
            .send(Bodies.ANTHROPIC_MESSAGE.substring(0, 50))
            .pause(LATER)
            .cut());
    RecordingResponder answer = bench.call(anthropic());
    assertThat(answer.body()).isEqualTo(Bodies.ANTHROPIC_MESSAGE.substring(0, 50).getBytes(UTF_8));
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.FAILED);
    assertThat(bench.event().usage().status()).isNotEqualTo(UsageStatus.EXACT);
  }

  @Test
  void handle_ourOwnFault_is500InTheProvidersForm() {
    bench.upstream(
        (request, headBy, endBy, onSent) -> {
          throw new IllegalStateException("secret detail");
        });
    expect(
        bench.call(anthropic()),
        500,
        "{\"type\":\"error\",\"error\":{\"type\":\"internal_error\","
            + "\"message\":\"Internal proxy error\"}}");
    assertThat(bench.event().usage().status()).isEqualTo(UsageStatus.MISSING);
    assertThat(bench.logged()).contains("proxy.failed").doesNotContain("secret detail");
  }

  @Test
  void handle_ourOwnFaultBeforeAnythingWasSent_isNotBooked() {
    bench.reserve(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(bench.call(anthropic()).status()).isEqualTo(500);
    assertThat(provider.calls()).isEmpty();
    assertThat(bench.events()).isEmpty();
    assertThat(bench.logged("call.unreached")).hasSize(1);
  }

  private static Request anthropic() {
    return Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST);
  }

  private static Request anthropicStream() {
    return Request.post("/v1/messages", Bodies.ANTHROPIC_STREAM_REQUEST);
  }

  private static Request openAi() {
    return Request.post("/v1/chat/completions", "{\"model\":\"gpt-5\"}");
  }

  private static Request gemini() {
    return Request.post("/v1beta/models/gemini-2.5-flash:generateContent", Bodies.GEMINI_REQUEST);
  }

  private static void expect(RecordingResponder answer, int status, String body) {
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("x-om-request-id")).isEqualTo(ProxyBench.ID);
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.ENDED);
  }

  /** Connections are refused, and nobody else can take the port meanwhile. */
  private static Socket boundAndNotListening() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }
}
