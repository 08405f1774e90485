package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What browsers need to hear. */
final class CorsTest {
  private static final String PAGE = "https://app.example";

  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider =
        FakeProvider.start(
            (head, body) ->
                Script.whole(
                    200,
                    Headers.of(
                        "Content-Type", "application/json",
                        "Vary", "Accept-Encoding",
                        "Access-Control-Allow-Origin", "https://platform.example",
                        "Access-Control-Expose-Headers", "X-Request-ID"),
                    "{}".getBytes()));
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void stop() {
    bench.close();
    provider.close();
  }

  @Test
  void handle_preflight_allowsTheAskedHeadersWithoutAKey() {
    RecordingResponder answer = preflight();
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.header("access-control-allow-methods")).contains("POST").contains("DELETE");
    assertThat(answer.header("access-control-allow-headers"))
        .isEqualTo("authorization,x-om-api-key,x-new");
    assertThat(answer.header("access-control-max-age")).isEqualTo("600");
    assertThat(answer.header("x-om-request-id")).isEqualTo(ProxyBench.ID);
    assertThat(provider.calls()).isEmpty();
  }

  @Test
  void handle_preflightOfAnotherOrigin_allowsNothing() {
    bench.cors("https://other.example");
    assertThat(preflight().began().headers()).containsOnlyKeys("vary", "x-om-request-id");
  }

  @Test
  void handle_listedOrigin_isNamed() {
    bench.cors("https://other.example", PAGE);
    assertThat(preflight().header("access-control-allow-origin")).isEqualTo(PAGE);
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files").with("origin", PAGE));
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(PAGE);
    assertThat(answer.header("vary")).isEqualTo("Accept-Encoding, origin");
  }

  @Test
  void handle_answerToAPage_hasOurRulesInsteadOfTheProviders() {
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files").with("origin", PAGE));
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.header("access-control-expose-headers"))
        .isEqualTo("x-om-request-id, server-timing, *");
  }

  @Test
  void handle_answerToAPageOfAnotherOrigin_hasNobodysRules() {
    bench.cors("https://other.example");
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files").with("origin", PAGE));
    assertThat(answer.began().headers().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
  }

  @Test
  void handle_refusalToAPage_canBeReadByIt() {
    RecordingResponder answer =
        bench.send(Request.of("GET", "/v1/files").with("origin", PAGE), new RecordingResponder());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void handle_answerToNoPage_isAsTheProviderSentIt() {
    RecordingResponder answer = bench.call(Request.of("GET", "/v1/files"));
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://platform.example");
    assertThat(answer.header("access-control-expose-headers")).isEqualTo("X-Request-ID");
  }

  private RecordingResponder preflight() {
    return bench.send(
        Request.of("OPTIONS", "/v1/messages")
            .with("origin", PAGE)
            .with("access-control-request-method", "POST")
            .with("access-control-request-headers", "authorization,x-om-api-key,x-new"),
        new RecordingResponder());
  }
}
