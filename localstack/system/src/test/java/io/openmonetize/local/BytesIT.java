package io.openmonetize.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.parts.AnthropicErrors;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.GeminiErrors;
import io.openmonetize.local.parts.OpenAiErrors;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the provider sends is what the caller gets, to the last byte, and the other way round. */
@Timeout(300)
class BytesIT {
  private static TestSystem test;

  @BeforeAll
  static void startSystem() throws IOException {
    test = TestSystem.start();
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  /**
   * @param scripted what the provider answers; empty for what it answers by itself
   */
  record Exchange(String provider, String target, String body, Optional<Script> scripted) {
    FakeProvider server() {
      return switch (provider) {
        case "anthropic" -> test.providers().anthropic();
        case "openai" -> test.providers().openAi();
        default -> test.providers().gemini();
      };
    }

    @Override
    public String toString() {
      return provider + " " + target + (scripted.isPresent() ? " scripted" : "");
    }
  }

  static List<Exchange> answers() {
    String messages = "/v1/messages";
    String chat = "/v1/chat/completions";
    String gemini = "/v1beta/models/gemini-2.5-flash:";
    return List.of(
        usual("anthropic", messages, RawClient.MESSAGE),
        usual("anthropic", messages, RawClient.STREAMED_MESSAGE),
        usual("anthropic", "/v1/messages/count_tokens", RawClient.MESSAGE),
        usual("openai", chat, RawClient.CHAT),
        usual(
            "openai",
            chat,
            RawClient.STREAMED_CHAT.replace(
                "{\"stream\"", "{\"stream_options\":{\"include_usage\":true},\"stream\"")),
        usual("openai", "/v1/responses", "{\"model\":\"gpt-4.1\",\"input\":\"Hi\"}"),
        usual(
            "openai", "/v1/responses", "{\"stream\":true,\"model\":\"gpt-4.1\",\"input\":\"Hi\"}"),
        usual(
            "openai", "/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\"]}"),
        usual("gemini", gemini + "generateContent", RawClient.CONTENT),
        usual("gemini", gemini + "streamGenerateContent", RawClient.CONTENT),
        usual("gemini", gemini + "streamGenerateContent?alt=sse", RawClient.CONTENT),
        usual("gemini", gemini + "countTokens", RawClient.CONTENT),
        usual("gemini", gemini + "batchEmbedContents", "{\"requests\":[{},{}]}"),
        scripted("anthropic", messages, RawClient.MESSAGE, AnthropicErrors.authentication()),
        scripted("anthropic", messages, RawClient.MESSAGE, AnthropicErrors.rateLimit()),
        scripted("anthropic", messages, RawClient.MESSAGE, AnthropicErrors.internal()),
        scripted("anthropic", messages, RawClient.STREAMED_MESSAGE, AnthropicErrors.overloaded()),
        scripted("openai", chat, RawClient.CHAT, OpenAiErrors.authentication()),
        scripted("openai", chat, RawClient.STREAMED_CHAT, OpenAiErrors.rateLimit()),
        scripted("gemini", gemini + "generateContent", RawClient.CONTENT, GeminiErrors.rateLimit()),
        scripted(
            "gemini", gemini + "generateContent", RawClient.CONTENT, GeminiErrors.unavailable()),
        scripted(
            "openai",
            "/v1/audio/speech",
            "{\"model\":\"tts-1\",\"input\":\"Hi\",\"voice\":\"alloy\"}",
            Script.whole(200, Headers.of("Content-Type", "audio/mpeg"), everyByte())));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_throughTheProxy_isTheSame(Exchange exchange) throws Exception {
    exchange.scripted().ifPresent(exchange.server()::enqueue);

    HttpResponse<byte[]> answer = post(exchange, "identity");

    Script sent = exchange.server().calls().getLast().script();
    assertThat(sha256(answer.body())).isEqualTo(sha256(sent.body()));
    assertThat(answer.statusCode()).isEqualTo(status(sent));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_writtenByteByByte_isTheSame(Exchange exchange) throws Exception {
    Script script = exchange.scripted().orElse(null);
    if (script == null) {
      post(exchange, "identity");
      script = exchange.server().calls().getLast().script();
    }
    exchange.server().enqueue(script.byteByByte());

    HttpResponse<byte[]> answer = post(exchange, "identity");

    assertThat(sha256(answer.body())).isEqualTo(sha256(script.body()));
  }

  @Test
  void answer_thatIsPacked_isTheSameAndIsBooked() throws Exception {
    Map<String, String> headers = test.headers();
    HttpResponse<byte[]> answer =
        test.send(
            RawClient.post(test.system().proxy(), "/v1/chat/completions", RawClient.CHAT, headers)
                .header("Accept-Encoding", "gzip, br")
                .build());

    Script sent = test.providers().openAi().calls().getLast().script();
    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(sha256(answer.body())).isEqualTo(sha256(sent.body()));
    JsonNode event = test.awaitEvent(headers.get("X-OM-Customer-Id"));
    assertThat(event.path("tokens").path("output").asInt()).isEqualTo(21);
  }

  @Test
  void chatStream_withoutIncludeUsage_lacksTheUsageFrameAndNothingElse() throws Exception {
    HttpResponse<byte[]> answer =
        post(usual("openai", "/v1/chat/completions", RawClient.STREAMED_CHAT), "identity");

    String sent = new String(test.providers().openAi().calls().getLast().script().body(), UTF_8);
    int frame = sent.indexOf("data: ", sent.indexOf("\"finish_reason\":\"stop\""));
    int next = sent.indexOf("data: [DONE]");
    assertThat(sent.substring(frame, next)).contains("\"choices\":[]", "total_tokens");
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(sent.substring(0, frame) + sent.substring(next));
  }

  @Test
  void request_ofOddForm_reachesTheProviderByteForByte() throws Exception {
    byte[] body =
        """
        {  "max_tokens" : 1e2,\t"model":"claude-sonnet-4-5",

          "messages":[{"role":"user","content":"größer \\u00e9 \\/ 😀 ", "content":"twice"}],
          "big": 123456789012345678901234567890, "x": 1.0  }
        """
            .getBytes(UTF_8);

    test.send(RawClient.post(test.system().proxy(), "/v1/messages", body, test.headers()).build());

    assertThat(test.providers().anthropic().calls().getLast().body()).isEqualTo(body);
  }

  @Test
  void request_thatIsNoText_reachesTheProviderByteForByte() throws Exception {
    test.providers().openAi().enqueue(Script.json(200, "{\"text\":\"Hi\"}"));

    test.send(
        RawClient.post(
                test.system().proxy(), "/v1/audio/transcriptions", everyByte(), test.headers())
            .setHeader("Content-Type", "multipart/form-data; boundary=x")
            .build());

    assertThat(test.providers().openAi().calls().getLast().body()).isEqualTo(everyByte());
  }

  @Test
  void request_forAStreamedChat_reachesTheProviderWithNothingButTheSplice() throws Exception {
    post(usual("openai", "/v1/chat/completions", RawClient.STREAMED_CHAT), "identity");

    byte[] received = test.providers().openAi().calls().getLast().body();
    JsonNode json = TestSystem.JSON.readTree(received);
    assertThat(json.path("stream_options").path("include_usage").asBoolean()).isTrue();
    String without =
        new String(received, UTF_8).replaceFirst(",?\"stream_options\":\\{[^}]*},?", "");
    assertThat(TestSystem.JSON.readTree(without))
        .isEqualTo(TestSystem.JSON.readTree(RawClient.STREAMED_CHAT));
  }

  @Test
  void request_headersToTheProvider_lackOursAndKeepTheCallers() throws Exception {
    test.send(
        RawClient.post(test.system().proxy(), "/v1/messages", RawClient.MESSAGE, test.headers())
            .header("anthropic-beta", "some-beta")
            .build());

    Headers headers = test.providers().anthropic().calls().getLast().head().headers();
    assertThat(headers.first("anthropic-beta")).contains("some-beta");
    assertThat(headers.first("anthropic-version")).contains("2023-06-01");
    assertThat(headers.fields())
        .noneMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("x-om-"))
        .noneMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("x-amzn-"))
        .noneMatch(field -> field.name().toLowerCase(Locale.ROOT).startsWith("x-forwarded-"));
  }

  /** Real answers, recorded elsewhere, where they lie beside the checkout. */
  @Test
  void recordedAnswers_throughTheProxy_areTheSame() throws Exception {
    Optional<Path> corpus = corpus();
    assumeTrue(corpus.isPresent(), "no recorded answers beside the checkout");
    List<String> differing = new ArrayList<>();
    for (Path file : recorded(corpus.get())) {
      byte[] body = Files.readAllBytes(file);
      Exchange exchange = exchange(corpus.get().relativize(file), body);
      exchange.server().enqueue(exchange.scripted().orElseThrow());
      if (!sha256(post(exchange, "identity").body()).equals(sha256(body))) {
        differing.add(file.toString());
      }
    }
    assertThat(differing).isEmpty();
  }

  private static Exchange exchange(Path file, byte[] body) {
    boolean stream = file.toString().endsWith(".sse");
    String type = stream ? "text/event-stream" : "application/json";
    Script script = Script.whole(200, Headers.of("Content-Type", type), body);
    String provider = file.getName(0).toString();
    return switch (provider) {
      case "anthropic" ->
          scripted(
              provider,
              "/v1/messages",
              stream ? RawClient.STREAMED_MESSAGE : RawClient.MESSAGE,
              script);
      case "openai" ->
          scripted(
              provider,
              "/v1/responses",
              "{\"model\":\"gpt-4.1\",\"input\":\"Hi\",\"stream\":" + stream + "}",
              script);
      default ->
          scripted(
              "gemini",
              "/v1beta/models/gemini-2.5-flash:"
                  + (stream ? "streamGenerateContent?alt=sse" : "generateContent"),
              RawClient.CONTENT,
              script);
    };
  }

  private static List<Path> recorded(Path corpus) throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> corpus.relativize(file).getNameCount() > 1)
          .filter(file -> file.toString().endsWith(".sse") || file.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private static Optional<Path> corpus() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("shared/corpus");
      if (Files.exists(beside.resolve("manifest.json"))) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }

  private static Exchange usual(String provider, String target, String body) {
    return new Exchange(provider, target, body, Optional.empty());
  }

  private static Exchange scripted(String provider, String target, String body, Script script) {
    return new Exchange(provider, target, body, Optional.of(script));
  }

  private static HttpResponse<byte[]> post(Exchange exchange, String encoding) throws Exception {
    return test.send(
        RawClient.post(test.system().proxy(), exchange.target(), exchange.body(), test.headers())
            .header("Accept-Encoding", encoding)
            .build());
  }

  private static int status(Script script) {
    for (Script.Step step : script.steps()) {
      if (step instanceof Script.Whole whole) {
        return whole.status();
      }
      if (step instanceof Script.Head head) {
        return head.status();
      }
    }
    throw new AssertionError("a script without a response");
  }

  private static byte[] everyByte() {
    byte[] all = new byte[256 * 64];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
