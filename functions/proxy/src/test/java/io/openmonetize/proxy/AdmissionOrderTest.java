package io.openmonetize.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.keys.Scope;
import io.openmonetize.local.parts.FakeProvider;
import io.openmonetize.local.parts.Script;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call that is refused: by what, in which words, and without a provider hearing of it. */
final class AdmissionOrderTest {
  private static final String MISSING =
      "{\"error\":{\"message\":\"Missing required OpenMonetize headers. Required:"
          + " X-OM-Customer-Id, X-OM-User-Id, X-OM-Feature-Id, X-OM-Api-Key\","
          + "\"type\":\"invalid_request_error\",\"code\":\"missing_billing_headers\"}}";
  private static final String BAD_KEY =
      "{\"error\":{\"message\":\"Invalid OpenMonetize API key\","
          + "\"type\":\"authentication_error\",\"code\":\"invalid_api_key\"}}";

  private FakeProvider provider;
  private ProxyBench bench;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start((head, body) -> Script.json(200, Bodies.ANTHROPIC_MESSAGE));
    bench = new ProxyBench(provider.baseUrl());
  }

  @AfterEach
  void nothingWentUpstreamAndNothingWasBooked() {
    bench.close();
    provider.close();
    assertThat(provider.calls()).isEmpty();
    assertThat(bench.events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-om-customer-id", "x-om-user-id", "x-om-feature-id", "x-om-api-key"})
  void handle_requiredHeaderAbsent_saysWhichAreRequired(String header) {
    expect(message().without(header), 400, MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-om-customer-id", "x-om-user-id", "x-om-feature-id", "x-om-api-key"})
  void handle_requiredHeaderEmpty_isAsIfAbsent(String header) {
    expect(message().with(header, ""), 400, MISSING);
    expect(message().with(header, "  "), 400, MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "x-om-customer-id, X-OM-Customer-Id",
    "x-om-user-id, X-OM-User-Id",
    "x-om-feature-id, X-OM-Feature-Id"
  })
  void handle_idWithCommaOrOversized_namesTheHeader(String header, String named) {
    String refusal =
        "{\"error\":{\"message\":\""
            + named
            + " must be one value of at most 256 bytes without commas or control characters\","
            + "\"type\":\"invalid_request_error\",\"code\":\"invalid_billing_header\"}}";
    expect(message().with(header, "a,b"), 400, refusal);
    expect(message().with(header, "a\tb"), 400, refusal);
    expect(message().with(header, "a".repeat(257)), 400, refusal);
    expect(message().with(header, "\u00fc".repeat(129)), 400, refusal);
    expect(message().with(header, "\u00c3\u00a9".repeat(129)), 400, refusal);
    // U+FFFE, which SQS refuses, in the bytes of UTF-8.
    expect(message().with(header, "\u00ef\u00bf\u00be"), 400, refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hey",
        "\"hey\"",
        "[1]",
        "1",
        "null",
        "{\"a\":1",
        "{\"a\":1}x",
        "{\"a\":1},{\"b\":2}",
        "{'a':1}",
        "{\"a\":\"\u00ef\u00bf\u00be\"}"
      })
  void handle_metadataIsNoObject_refuses(String metadata) {
    RecordingResponder answer = send(message().with("x-om-metadata", metadata));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"code\":\"invalid_metadata\"");
  }

  @Test
  void handle_metadataOversizedOrDeep_refuses() {
    String large = "{\"a\":\"" + "x".repeat(4096 - 8 + 1) + "\"}";
    String deep = "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
    assertThat(send(message().with("x-om-metadata", large)).text()).contains("invalid_metadata");
    assertThat(send(message().with("x-om-metadata", deep)).text()).contains("invalid_metadata");
  }

  @Test
  void handle_badKeys_getTheGuidesAnswer() {
    String otherStage = bench.addKey("live", Set.of(Scope.PROXY), null, null);
    String revoked = bench.addKey("dev", Set.of(Scope.PROXY), null, Instant.EPOCH);
    String wrongScope = bench.addKey("dev", Set.of(Scope.INGEST), null, null);
    String otherCustomer = bench.addKey("dev", Set.of(Scope.PROXY), "globex", null);
    String unknown = new ProxyBench(provider.baseUrl()).key;
    String typo = bench.key.substring(0, 20) + "0" + bench.key.substring(21);
    String joined = bench.key + "," + bench.key;
    for (String key :
        new String[] {
          "nonsense", otherStage, revoked, wrongScope, otherCustomer, unknown, typo + "0", joined
        }) {
      expect(message().with("x-om-api-key", key), 401, BAD_KEY);
    }
  }

  @Test
  void handle_keyStoreDown_isTemporary() {
    bench.keyStoreDown();
    RecordingResponder answer = send(message());
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.text()).contains("\"code\":\"key_store_unavailable\"");
  }

  @Test
  void handle_severalFaults_areToldInTheContractsOrder() {
    Request all =
        Request.post("/nowhere", Bodies.ANTHROPIC_REQUEST)
            .with("x-om-customer-id", "a,b")
            .with("x-om-api-key", "nonsense");
    assertThat(send(all).status()).isEqualTo(404);
    Request routed =
        new Request("POST", "/v1/messages", "", all.headers(), all.cookies(), all.body());
    expect(routed, 400, MISSING);
    Request named = routed.with("x-om-user-id", "u").with("x-om-feature-id", "f");
    assertThat(send(named).text()).contains("invalid_billing_header");
    Request identified = named.with("x-om-customer-id", "acme");
    expect(identified, 401, BAD_KEY);
  }

  @Test
  void handle_unknownPath_isNobodysError() {
    expect(
        bench.ready(Request.of("GET", "/v2/messages")),
        404,
        "{\"error\":{\"message\":\"No provider has this path\","
            + "\"type\":\"invalid_request_error\",\"code\":\"unknown_path\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/openai/../admin", "/v1/%2e%2e/x", "//evil.example/v1/messages", "/v1/a\\b"})
  void handle_unsafePath_refuses(String path) {
    RecordingResponder answer = send(bench.ready(Request.of("GET", path)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"code\":\"invalid_path\"");
  }

  @Test
  void handle_eventIsNoRequest_answersAllTheSame() {
    RecordingResponder answer = bench.send("{\"Records\":[]}".getBytes(), new RecordingResponder());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"code\":\"malformed_request\"");
    assertThat(answer.header("x-om-request-id")).isEqualTo(ProxyBench.ID);
  }

  private Request message() {
    return bench.ready(Request.post("/v1/messages", Bodies.ANTHROPIC_REQUEST));
  }

  private RecordingResponder send(Request request) {
    return bench.send(request, new RecordingResponder());
  }

  private void expect(Request request, int status, String body) {
    RecordingResponder answer = send(request);
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("x-om-request-id")).isEqualTo(ProxyBench.ID);
    assertThat(answer.state()).isEqualTo(RecordingResponder.State.ENDED);
  }
}
