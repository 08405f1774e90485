package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.ReceivedCall;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to the provider and what comes back: everything, unaltered, and nothing else. */
final class ForwardingTest {
  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.json(200, Bodies.ANTHROPIC_MESSAGE));
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void stop() {
    bench.close();
    provider.close();
  }

  @Test
  void handle_anyBody_reachesTheProviderByteForByte() {
    byte[] body = new byte[300_000];
    new Random(7).nextBytes(body);
    bench.call(Request.post("/v1/files", "").with("content-type", "application/pdf").body(body));
    assertThat(received().body()).isEqualTo(body);
    assertThat(received().head().headers().first("content-length")).contains("300000");
  }

  @Test
  void handle_jsonWithOddNumbersAndSpaces_isNotReserialised() {
    String body =
        "{ \"model\":\"m\",\n\"seed\": 12345678901234567890, \"e\":\"\\u00e9\", \"x\":1.0}";
    bench.call(Request.post("/v1/messages", body));
    assertThat(new String(received().body(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @Test
  void handle_getWithoutBody_sendsNone() {
    bench.call(Request.of("GET", "/v1/files"));
    assertThat(received().body()).isEmpty();
    assertThat(received().head().headers().contains("content-length")).isFalse();
  }

  @Test
  void handle_callersHeaders_goOnAsTheyAre() {
    bench.call(
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST)
            .with("x-api-key", "sk-ant-1")
            .with("authorization", "Bearer sk-2")
            .with("anthropic-version", "2026-10-21")
            .with("anthropic-beta", "one,two")
            .with("openai-organization", "org-1")
            .with("idempotency-key", "idem-1")
            .with("user-agent", "anthropic/js 1.12.0")
            .with("x-stainless-retry-count", "2")
            .cookies("a=1", "b=2"));
    Headers headers = received().head().headers();
    assertThat(headers.first("x-api-key")).contains("sk-ant-1");
    assertThat(headers.first("authorization")).contains("Bearer sk-2");
    assertThat(headers.all("anthropic-version")).containsExactly("2026-10-21");
    assertThat(headers.first("anthropic-beta")).contains("one,two");
    assertThat(headers.first("openai-organization")).contains("org-1");
    assertThat(headers.first("idempotency-key")).contains("idem-1");
    assertThat(headers.first("user-agent")).contains("anthropic/js 1.12.0");
    assertThat(headers.first("x-stainless-retry-count")).contains("2");
    assertThat(headers.first("cookie")).contains("a=1; b=2");
    assertThat(headers.first("host")).contains(provider.baseUrl().getAuthority());
  }

  @Test
  void handle_ourHeadersThoseOfTheConnectionAndOfTheFrontDoor_stayBehind() {
    bench.call(
        Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST)
            .with("connection", "Upgrade, HTTP2-Settings, X-Hop")
            .with("upgrade", "h2c")
            .with("http2-settings", "AAMAAABkAAQCAAAAAAIAAAAA")
            .with("x-hop", "1")
            .with("te", "trailers")
            .with("x-om-metadata", "{\"team\":\"a\"}")
            .with("via", "1.1 cloudfront")
            .with("x-amz-cf-id", "abc"));
    assertThat(received().head().headers().fields())
        .extracting(field -> field.name().toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrder(
            "host", "content-type", "accept-encoding", "anthropic-version", "content-length");
  }

  @Test
  void handle_anthropicWithoutVersion_getsTheGuidesVersion() {
    bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(received().head().headers().all("anthropic-version")).containsExactly("2023-06-01");
  }

  @Test
  void handle_otherProviders_getNoVersion() {
    bench.call(Request.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"x\"}"));
    assertThat(received().head().headers().contains("anthropic-version")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "/v1/messages ! a=b&c=%20d ! /v1/messages?a=b&c=%20d",
        "/anthropic/v1/messages ! beta=true ! /v1/messages?beta=true",
        "/openai/v1/files/a%2Fb !  ! /v1/files/a%2Fb",
        "/v1beta/models/gemini%2D2:generateContent ! key=AIza%2F%3D !"
            + " /v1beta/models/gemini%2D2:generateContent?key=AIza%2F%3D",
        "/gemini/v1/models/x@001:predict ! $alt=json;enum-encoding=int !"
            + " /v1/models/x@001:predict?$alt=json;enum-encoding=int",
        "/v1/files/a|b{c} ! q=[1]|{2} ! /v1/files/a|b{c}?q=[1]|{2}",
      })
  void handle_pathAndQuery_stayRaw(String path, String query, String target) {
    bench.call(Request.of("GET", path).query(query == null ? "" : query));
    assertThat(received().head().target()).isEqualTo(target);
  }

  @Test
  void handle_decodedPathFromTheFrontDoor_cannotReachIntoTheQuery() {
    bench.call(Request.of("GET", "/v1/files/a?key=b#c d\u00fc").query("x=1"));
    assertThat(received().head().target()).isEqualTo("/v1/files/a%3Fkey=b%23c%20d%C3%BC?x=1");
  }

  @Test
  void handle_baseUrlWithPath_keepsIt() throws IOException {
    try (ProxyBench prefixed = new ProxyBench(provider.baseUrl().resolve("/gateway/v7/"))) {
      prefixed.call(Request.post("/openai/v1/embeddings", "{}"));
    }
    assertThat(received().head().target()).isEqualTo("/gateway/v7/v1/embeddings");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429, 500, 529})
  void handle_providersErrors_comeBackAsTheyAre(int status) {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}";
    provider.enqueue(
        Script.whole(
            status,
            Headers.of(
                "Content-Type", "application/json",
                "Retry-After", "7",
                "request-id", "req_9",
                "x-should-retry", "true",
                "anthropic-ratelimit-requests-remaining", "0"),
            body.getBytes(StandardCharsets.UTF_8)));
    RecordingResponder answer = bench.call(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.header("retry-after")).isEqualTo("7");
    assertThat(answer.header("request-id")).isEqualTo("req_9");
    assertThat(answer.header("x-should-retry")).isEqualTo("true");
    assertThat(answer.header("anthropic-ratelimit-requests-remaining")).isEqualTo("0");
    assertThat(answer.header("x-om-request-id")).isEqualTo(ProxyBench.ID);
  }

  @Test
  void handle_answersHeaders_loseThoseOfTheConnectionOnly() {
    provider.enqueue(
        Script.whole(
            200,
            new Headers(
                List.of(
                    new Headers.Field("Content-Type", "text/html"),
                    new Headers.Field("Keep-Alive", "timeout=5"),
                    new Headers.Field("Date", "Tue, 24 Nov 2026 08:00:00 GMT"),
                    new Headers.Field("Server", "cloudflare"),
                    new Headers.Field("Alt-Svc", "h3=\":443\"; ma=86400"),
                    new Headers.Field("X-Amzn-Remapped-Date", "x"),
                    new Headers.Field("Set-Cookie", "__cf_bm=1; Path=/"),
                    new Headers.Field("Set-Cookie", "_cfuvid=2"),
                    new Headers.Field("Link", "<a>"),
                    new Headers.Field("Link", "<b>"),
                    new Headers.Field("CF-Ray", "9"))),
            "<p>".getBytes(StandardCharsets.UTF_8)));
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files"));
    assertThat(answer.began().headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "content-type", "text/html",
                "link", "<a>, <b>",
                "cf-ray", "9",
                "x-om-request-id", ProxyBench.ID));
    assertThat(answer.began().cookies()).containsExactly("__cf_bm=1; Path=/", "_cfuvid=2");
  }

  @Test
  void handle_toTellItsTime_addsItsShareToTheProviders() {
    bench.tellsTime();
    provider.enqueue(
        Script.whole(
            200,
            Headers.of("Content-Type", "application/json", "Server-Timing", "cfCache;dur=3"),
            "{}".getBytes(StandardCharsets.UTF_8)));
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files"));
    assertThat(answer.header("server-timing")).matches("cfCache;dur=3, om;dur=\\d+\\.\\d\\d");
  }

  @Test
  void handle_slowProvider_isNotInOurShare() {
    bench.tellsTime();
    provider.enqueue(
        Script.whole(200, Headers.of(), "{}".getBytes(StandardCharsets.UTF_8))
            .after(Duration.ofSeconds(2)));
    long began = System.nanoTime();
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files"));
    long took = (System.nanoTime() - began) / 1_000_000;
    String value = answer.header("server-timing").substring("om;dur=".length());
    assertThat(new BigDecimal(value).longValue()).isLessThanOrEqualTo(took - 2_000);
  }

  @Test
  void handle_refusal_tellsItsTimeToo() {
    RecordingResponder answer =
        bench.tellsTime().send(Request.of("GET", "/nowhere"), new RecordingResponder());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("server-timing")).startsWith("om;dur=");
  }

  @Test
  void handle_largeBinaryAnswer_isByteIdentical() throws Exception {
    byte[] body = new byte[3_000_000];
    new Random(3).nextBytes(body);
    provider.enqueue(Script.whole(200, Headers.of("Content-Type", "audio/mpeg"), body));
    RecordingResponder answer = bench.call(Request.post("/v1/audio/speech", "{\"input\":\"Hi\"}"));
    assertThat(sha256(answer.body())).isEqualTo(sha256(body));
  }

  @Test
  void handle_head_hasNoBodyAndKeepsItsConnection() {
    provider.enqueue(
        Script.whole(200, Headers.of("Content-Length", "1234", "X-Total", "3"), new byte[0]));
    RecordingResponder answer = bench.call(Request.of("HEAD", "/v1/files/f"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-total")).isEqualTo("3");
    assertThat(answer.body()).isEmpty();
  }

  private ReceivedCall received() {
    return provider.calls().getLast();
  }

  static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
