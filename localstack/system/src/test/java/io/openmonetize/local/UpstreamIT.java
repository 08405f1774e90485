package io.openmonetize.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.OpenAiErrors;
import io.openmonetize.local.parts.ReceivedCall;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.StandInProviders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider that fails in each of its ways, and a caller who leaves. */
@Timeout(120)
class UpstreamIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String START =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"msg_%s","type":"message",\
      "role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,\
      "usage":{"input_tokens":25,"output_tokens":1}}}

      """;
  private static final String END =
      """
      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},\
      "usage":{"output_tokens":15}}

      event: message_stop
      data: {"type":"message_stop"}

      """;

  private static TestSystem test;

  private Map<String, String> headers;

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start(Map.of("OM_UPSTREAM_TIMEOUT_MS", "1500"));
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @BeforeEach
  void takeACustomer() {
    headers = test.headers();
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(401, AnthropicErrors.authentication()),
        Arguments.of(429, AnthropicErrors.rateLimit()),
        Arguments.of(500, AnthropicErrors.internal()),
        Arguments.of(529, AnthropicErrors.overloaded()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void error_ofTheProvider_comesWithItsHeadersAndIsBookedAsNothingBillable(
      int status, Script script) throws Exception {
    provider().enqueue(script);

    HttpResponse<byte[]> answer = test.send(message(RawClient.MESSAGE));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(script.body());
    Script.Whole sent = (Script.Whole) script.steps().getFirst();
    sent.headers()
        .fields()
        .forEach(
            field ->
                assertThat(answer.headers().allValues(field.name()))
                    .containsExactly(field.value()));
    JsonNode event = test.awaitEvent(headers.get("X-OM-Customer-Id"));
    assertThat(event.path("usage_status").asText()).isEqualTo("none");
    assertThat(event.path("error_type").asText()).isNotEmpty();
  }

  @Test
  void key_thatTheProviderRefuses_isTheProviders401() throws Exception {
    HttpRequest request =
        RawClient.post(test.system().proxy(), "/v1/chat/completions", RawClient.CHAT, headers)
            .setHeader("Authorization", "Bearer " + StandInProviders.REFUSED_KEY)
            .build();

    HttpResponse<byte[]> answer = test.send(request);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo(OpenAiErrors.authentication().body());
  }

  @Test
  void provider_thatIsDown_isA502AndBooked() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (TestSystem down =
        TestSystem.start(Map.of("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + port))) {
      Map<String, String> customer = down.headers();

      HttpResponse<byte[]> answer =
          down.send(
              RawClient.post(down.system().proxy(), "/v1/messages", RawClient.MESSAGE, customer)
                  .build());

      assertThat(answer.statusCode()).isEqualTo(502);
      JsonNode error = TestSystem.JSON.readTree(answer.body());
      assertThat(error.path("type").asText()).isEqualTo("error");
      assertThat(error.path("error").path("type").asText()).isNotEmpty();
    }
  }

  @Test
  void provider_thatResetsTheConnection_isA502() throws Exception {
    provider().enqueue(Script.reset(), Script.reset());

    assertThat(test.send(message(RawClient.MESSAGE)).statusCode()).isEqualTo(502);
  }

  @Test
  void provider_thatIsSilentForTheTimeout_isA504AndBooked() throws Exception {
    provider().enqueue(Script.silent());

    HttpResponse<byte[]> answer = test.send(message(RawClient.MESSAGE));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(test.awaitEvent(headers.get("X-OM-Customer-Id")).path("usage_status").asText())
        .isIn("missing", "none");
  }

  @Test
  void stream_thatBeginsAfterTheTimeout_isNotCutByIt() throws Exception {
    provider().enqueue(Script.sse().send(start()).send(END).after(Duration.ofSeconds(3)));

    HttpResponse<byte[]> answer = test.send(message(RawClient.STREAMED_MESSAGE));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).endsWith(END);
  }

  @Test
  void stream_thatTheProviderCuts_isBrokenForTheCallerTooAndBookedAsPartial() throws Exception {
    provider().enqueue(Script.sse().send(start()).pause(Duration.ofMillis(200)).cut());

    assertThatThrownBy(() -> test.send(message(RawClient.STREAMED_MESSAGE)))
        .isInstanceOf(IOException.class);

    JsonNode event = test.awaitEvent(headers.get("X-OM-Customer-Id"));
    assertThat(event.path("usage_status").asText()).isIn("partial", "estimated");
    assertThat(event.path("tokens").path("input").asInt()).isEqualTo(25);
  }

  @Test
  void caller_whoLeavesMidStream_isBookedToTheEnd() throws Exception {
    provider().enqueue(Script.sse().send(start()).pause(Duration.ofSeconds(1)).send(END));

    leaveAfterTheFirstByte(test, headers);

    JsonNode event = test.awaitEvent(headers.get("X-OM-Customer-Id"));
    assertThat(event.path("usage_status").asText()).isEqualTo("exact");
    assertThat(event.path("tokens").path("output").asInt()).isEqualTo(15);
  }

  @Test
  void caller_whoLeavesMidStream_stopsTheProviderWhereCancelIsSet() throws Exception {
    try (TestSystem cancelling = TestSystem.start(Map.of("OM_ON_CALLER_GONE", "cancel"))) {
      Map<String, String> customer = cancelling.headers();
      FakeProvider provider = cancelling.providers().anthropic();
      Script script = Script.sse().send(start());
      for (int i = 0; i < 600; i++) {
        script = script.pause(Duration.ofMillis(100)).send("event: ping\ndata: {}\n\n");
      }
      provider.enqueue(script);

      leaveAfterTheFirstByte(cancelling, customer);

      ReceivedCall call = provider.awaitCall(1, LONG);
      assertThat(call.awaitEnd(LONG)).isEqualTo(ReceivedCall.End.PEER_GONE);
      JsonNode event = cancelling.awaitEvent(customer.get("X-OM-Customer-Id"));
      assertThat(event.path("usage_status").asText()).isIn("partial", "estimated");
    }
  }

  private static void leaveAfterTheFirstByte(TestSystem system, Map<String, String> customer)
      throws Exception {
    HttpResponse<InputStream> answer =
        system
            .http()
            .send(
                RawClient.post(
                        system.system().proxy(),
                        "/v1/messages",
                        RawClient.STREAMED_MESSAGE,
                        customer)
                    .build(),
                BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(body.read()).isNotNegative();
    }
  }

  private HttpRequest message(String body) {
    return RawClient.post(test.system().proxy(), "/v1/messages", body, headers).build();
  }

  private static FakeProvider provider() {
    return test.providers().anthropic();
  }

  private static String start() {
    return START.formatted(UUID.randomUUID());
  }
}
