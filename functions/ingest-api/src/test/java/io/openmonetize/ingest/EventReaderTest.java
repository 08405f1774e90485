package io.openmonetize.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.Scope;
import io.openmonetize.storage.Retention;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final ApiKey KEY =
      new ApiKey("key_1", "k", "om_dev_1", "dev", Set.of(Scope.INGEST), null, NOW, "t", null, null);

  @Test
  void read_goodEvent_keepsEachField() throws Exception {
    ObjectNode reported = Requests.event(1).put("team_id", "team");
    reported.putObject("metadata").put("plan", "pro");

    assertThat(read(reported))
        .isEqualTo(
            new UsageEvent(
                "00000000-0000-4000-8000-000000000001",
                new EventIdentity.ById("00000000-0000-4000-8000-000000000001"),
                EventType.TOKEN_USAGE,
                Instant.parse("2026-07-01T11:59:00Z"),
                Source.SDK,
                "dev",
                "key_1",
                new Attribution("acme", "user-1", "team", "chat", "{\"plan\":\"pro\"}"),
                Provider.OPENAI,
                "gpt-5.5",
                null,
                null,
                false,
                new Usage(
                    UsageStatus.EXACT,
                    null,
                    PricingTerms.UNSAID,
                    List.of(
                        new UsageLine(
                            "gpt-5.5",
                            new TokenCounts(Map.of(TokenClass.INPUT, 12L, TokenClass.OUTPUT, 5L)))),
                    "{\"input_tokens\":12,\"output_tokens\":5}"),
                new Call(CallStatus.OK, null, null, null, null, null, null)));
  }

  @Test
  void read_idempotencyKey_isTheIdentity() throws Exception {
    assertThat(read(Requests.event(1).put("idempotency_key", "order-7")).identity())
        .isEqualTo(new EventIdentity.ByIdempotencyKey("order-7"));
  }

  @Test
  void read_providerResponseId_isTheIdentityBeforeAnyKey() throws Exception {
    UsageEvent event =
        read(
            Requests.event(1)
                .put("idempotency_key", "order-7")
                .put("provider_response_id", "resp_1"));

    assertThat(event.identity()).isEqualTo(new EventIdentity.ByResponse(Provider.OPENAI, "resp_1"));
    assertThat(event.call().providerResponseId()).isEqualTo("resp_1");
  }

  @Test
  void read_idFoundInAReportedAnswer_isTheIdentityUnlessThereIsAKey() throws Exception {
    ObjectNode reported = unmetered("TOKEN_USAGE").put("provider", "ANTHROPIC");
    reported.set(
        "provider_response",
        Requests.parse("{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":9,\"output_tokens\":9}}"));

    assertThat(read(reported).identity())
        .isEqualTo(new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_1"));
    assertThat(read(reported.put("idempotency_key", "order-7")).identity())
        .isEqualTo(new EventIdentity.ByIdempotencyKey("order-7"));
    assertRefused(
        reported.put("provider_response_id", "msg_2"),
        "provider_response_id",
        "Is not the id of provider_response");
  }

  @Test
  void read_providerResponseIdWithoutProvider_isRefused() {
    ObjectNode reported = Requests.event(1).put("provider_response_id", "resp_1");
    reported.remove("provider");

    assertRefused(reported, "provider", "Required, as provider_response_id is given");
  }

  @Test
  void read_providerResponseIdAndNoUsage_isMissingAndNotNothing() throws Exception {
    UsageEvent event = read(unmetered("FEATURE_ACCESS").put("provider_response_id", "resp_1"));

    assertThat(event.usage().status()).isEqualTo(UsageStatus.MISSING);
    assertThat(event.identity()).isInstanceOf(EventIdentity.ByResponse.class);
  }

  @Test
  void read_olderThanEventsAreKept_isRefused() throws Exception {
    EventReader reader = new EventReader(KEY, NOW, new Retention(30));

    assertThat(reader.read(Requests.event(1).put("timestamp", "2026-06-01T12:00:01Z"))).isNotNull();
    assertThat(
            catchThrowableOfType(
                    InvalidFieldException.class,
                    () -> reader.read(Requests.event(1).put("timestamp", "2026-06-01T12:00:00Z")))
                .reason())
        .isEqualTo("Must not be more than 30 days in the past: for so long are events kept");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T11:59:00Z, 2026-07-01T11:59:00Z",
    "2026-07-01T13:59:00.5+02:00, 2026-07-01T11:59:00.5Z",
    "2026-07-01t11:59:00.123456789z, 2026-07-01T11:59:00.123456789Z",
    "2026-06-30 18:00:00-05:30, 2026-06-30T23:30:00Z",
    "2026-07-01T12:15:00Z, 2026-07-01T12:15:00Z",
    "2025-07-01T12:00:00Z, 2025-07-01T12:00:00Z"
  })
  void read_anyRfc3339Time_isThatInstant(String timestamp, Instant expected) throws Exception {
    assertThat(read(Requests.event(1).put("timestamp", timestamp)).timestamp()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:15:01Z, Must not be more than 15 minutes in the future",
    "2025-07-01T11:59:59Z, Must not be more than 365 days in the past",
    "2026-07-01T12:00:00, Invalid datetime",
    "2026-07-01, Invalid datetime",
    "2026-02-30T12:00:00Z, Invalid datetime",
    "2026-07-01T12:00:00.1234567890Z, Invalid datetime",
    "now, Invalid datetime"
  })
  void read_badTime_isRefused(String timestamp, String reason) {
    assertRefused(Requests.event(1).put("timestamp", timestamp), "timestamp", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event_id    | null           | Required",
        "event_id    | \"e1\"         | Invalid uuid",
        "customer_id | null           | Required",
        "customer_id | 7              | Expected string, received number",
        "customer_id | \"\"           | String must contain at least 1 character(s)",
        "user_id     | \"a\\nb\"      | Contains a character that is not allowed",
        "user_id     | \"\\ud800\"    | Contains a character that is not allowed",
        "team_id     | \"\\uffff\"    | Contains a character that is not allowed",
        "feature_id  | \"\"           | String must contain at least 1 character(s)",
        "event_type  | \"EMBEDDING\"  | Invalid enum value",
        "provider    | \"openai\"     | Invalid enum value",
        "model       | [1]            | Expected string, received array",
        "input_tokens| -1             | Number must be greater than or equal to 0",
        "input_tokens| 1.5            | Expected integer, received a fraction",
        "input_tokens| 1e999999999    | Number must be less than or equal to 1000000000000",
        "input_tokens| \"12\"         | Expected number, received string",
        "image_count | 0              | Number must be greater than 0",
        "duration_seconds | 0         | Number must be greater than 0",
        "duration_seconds | 1e-999999 | Number must have at most 12 digits before and 9 after the"
            + " point",
        "metadata    | \"x\"          | Expected object, received string",
        "metadata    | {\"a\":\"\\uffff\"} | Contains a character that is not allowed",
        "tokens      | {\"input\":1}  | Give either tokens or input_tokens and output_tokens",
        "cached_input_tokens | 13     | Must not be more than input_tokens, which includes them",
        "provider_response   | 1      | Expected object, received number",
        "streamed            | 1      | Expected boolean, received number",
        "idempotency_key | \"\"       | String must contain at least 1 character(s)"
      })
  void read_badField_isRefusedByNameAndReason(String field, String value, String reason) {
    ObjectNode reported = Requests.event(1);
    reported.set(field.strip(), exact(value));

    assertRefused(reported, field.strip(), reason);
  }

  @Test
  void read_idOf257Bytes_isRefused() throws Exception {
    String atMost = "é".repeat(128);

    assertThat(read(Requests.event(1).put("customer_id", atMost)).attribution().customerId())
        .isEqualTo(atMost);
    assertRefused(
        Requests.event(1).put("customer_id", atMost + "x"),
        "customer_id",
        "String must be at most 256 bytes long");
  }

  @Test
  void read_metadataOver4Kilobytes_isRefused() {
    ObjectNode reported = Requests.event(1);
    reported.putObject("metadata").put("x", "y".repeat(4096));

    assertRefused(reported, "metadata", "Must be at most 4096 bytes of JSON");
  }

  @Test
  void read_cachedInputTokens_areTakenOutOfTheInput() throws Exception {
    assertThat(read(Requests.event(1).put("cached_input_tokens", 4)).usage().tokens())
        .isEqualTo(
            new TokenCounts(
                Map.of(TokenClass.INPUT, 8L, TokenClass.CACHE_READ, 4L, TokenClass.OUTPUT, 5L)));
  }

  @Test
  void read_tokensByClass_areKeptAsTheyAre() throws Exception {
    ObjectNode reported = Requests.event(1);
    reported.remove(List.of("input_tokens", "output_tokens"));
    reported.putObject("tokens").put("cache_write_1h", 3).put("reasoning", 9);

    assertThat(read(reported).usage().tokens())
        .isEqualTo(
            new TokenCounts(Map.of(TokenClass.CACHE_WRITE_1H, 3L, TokenClass.REASONING, 9L)));
  }

  @Test
  void read_tokensOfAnUnknownClass_areRefused() {
    ObjectNode reported = Requests.event(1);
    reported.remove(List.of("input_tokens", "output_tokens"));
    reported.putObject("tokens").put("thinking", 3);

    assertRefused(reported, "tokens", "Has a class that is not known");
  }

  @Test
  void read_zeroTokens_areExactAndNotMissing() throws Exception {
    Usage usage = read(Requests.event(1).put("input_tokens", 0).put("output_tokens", 0)).usage();

    assertThat(usage.status()).isEqualTo(UsageStatus.EXACT);
    assertThat(usage.lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN_USAGE, MISSING",
    "IMAGE_GENERATION, MISSING",
    "VIDEO_GENERATION, MISSING",
    "AUDIO_PROCESSING, MISSING",
    "API_CALL, NONE",
    "FEATURE_ACCESS, NONE",
    "CUSTOM, NONE"
  })
  void read_nothingStated_isMissingOrNothingBillable(String type, UsageStatus status)
      throws Exception {
    ObjectNode reported = Requests.event(1).put("event_type", type);
    reported.remove(List.of("input_tokens", "output_tokens"));

    Usage usage = read(reported).usage();

    assertThat(usage.status()).isEqualTo(status);
    assertThat(usage.reason()).endsWith("reported");
  }

  @Test
  void read_imagesSecondsAndQuantity_areUnits() throws Exception {
    ObjectNode reported =
        unmetered("IMAGE_GENERATION")
            .put("image_count", 2)
            .put("image_size", "1024x1024")
            .put("duration_seconds", new BigDecimal("1.50"))
            .put("unit_type", "pages")
            .put("quantity", 0.25);

    Usage usage = read(reported).usage();

    assertThat(usage.lines().getFirst().units())
        .isEqualTo(
            Map.of(
                "images", BigDecimal.valueOf(2),
                "seconds", new BigDecimal("1.5"),
                "pages", new BigDecimal("0.25")));
    assertThat(usage.raw()).contains("\"image_size\":\"1024x1024\"");
  }

  @Test
  void read_quantityOfABillionDigits_isRefused() {
    assertRefused(
        unmetered("CUSTOM")
            .put("unit_type", "pages")
            .put("quantity", new BigDecimal("1e2147483647")),
        "quantity",
        "Number must have at most 12 digits before and 9 after the point");
  }

  @Test
  void read_quantityWithoutUnit_isRefused() {
    assertRefused(
        unmetered("CUSTOM").put("quantity", 1),
        "unit_type",
        "Required, as the other of the two is given");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI |"
            + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"gpt-5.5-2026-04-23\",\"choices\":[{\"message\":{\"content\":\"the"
            + " secret"
            + " answer\"}}],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":7,\"total_tokens\":27,\"prompt_tokens_details\":{\"cached_tokens\":5}}}"
            + " | gpt-5.5-2026-04-23 | chatcmpl-1 | 20 | 7",
        "OPENAI |"
            + " {\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-5.5-2026-04-23\",\"usage\":{\"input_tokens\":20,\"output_tokens\":7,\"total_tokens\":27}}"
            + " | gpt-5.5-2026-04-23 | resp_1 | 20 | 7",
        "ANTHROPIC |"
            + " {\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"the"
            + " secret"
            + " answer\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":20,\"output_tokens\":7}}"
            + " | claude-sonnet-4-5 | msg_1 | 20 | 7",
        "GOOGLE |"
            + " {\"responseId\":\"r1\",\"modelVersion\":\"gemini-2.5-flash\",\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"the"
            + " secret"
            + " answer\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":20,\"candidatesTokenCount\":7,\"totalTokenCount\":27}}"
            + " | gemini-2.5-flash | r1 | 20 | 7"
      })
  void read_providerResponse_givesTokensModelAndAnswerIdAndNoText(
      Provider provider, String answer, String model, String responseId, long input, long output)
      throws Exception {
    ObjectNode reported = unmetered("TOKEN_USAGE").put("provider", provider.name());
    reported.remove("model");
    reported.set("provider_response", Requests.parse(answer));

    UsageEvent event = read(reported);

    assertThat(event.model()).isEqualTo(model);
    assertThat(event.call().providerResponseId()).isEqualTo(responseId);
    assertThat(event.usage().status()).isEqualTo(UsageStatus.EXACT);
    assertThat(event.usage().tokens().total(TokenClass.Side.INPUT)).isEqualTo(input);
    assertThat(event.usage().tokens().total(TokenClass.Side.OUTPUT)).isEqualTo(output);
    assertThat(event.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPENAI | {"created":1,"data":[{"b64_json":"x"}],"usage":{"input_tokens":20,"output_tokens":7,"total_tokens":27}} | OUTPUT_IMAGE | 7
          OPENAI | {"text":"x","usage":{"type":"tokens","input_tokens":20,"output_tokens":7,"total_tokens":27}} | INPUT_AUDIO | 20
          OPENAI | {"object":"list","data":[],"model":"m","usage":{"prompt_tokens":20}} | INPUT | 20
          GOOGLE | {"object":"interaction","id":"v1_a","model":"m","status":"completed","usage":{"total_input_tokens":20,"total_output_tokens":7,"total_tokens":27}} | OUTPUT | 7
          GOOGLE | {"object":"chat.completion","id":"c","model":"m","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":7,"total_tokens":27}} | OUTPUT | 7
          GOOGLE | {"predictions":[{"embeddings":{"statistics":{"token_count":20}}}]} | INPUT | 20
          GOOGLE | {"object":"chat.completion.chunk","id":"c","usage":{"prompt_tokens":20,"completion_tokens":7,"total_tokens":27}} | OUTPUT | 7
          GOOGLE | {"type":"message","id":"msg_1","usage":{"input_tokens":20,"output_tokens":7}} | OUTPUT | 7
          GOOGLE | {"data":[{}],"usage":{"input_tokens":20,"output_tokens":7,"total_tokens":27}} | OUTPUT_IMAGE | 7
          ANTHROPIC | {"object":"chat.completion","id":"c","usage":{"prompt_tokens":20,"completion_tokens":7,"total_tokens":27}} | OUTPUT | 7
          OPENAI | {"type":"image_generation.completed","usage":{"input_tokens":20,"output_tokens":7,"total_tokens":27}} | OUTPUT_IMAGE | 7
          OPENAI | {"type":"speech.audio.done","usage":{"input_tokens":20,"output_tokens":7,"total_tokens":27}} | OUTPUT_AUDIO | 7
          OPENAI | {"type":"transcript.text.done","text":"","usage":{"type":"tokens","input_tokens":20,"output_tokens":7,"total_tokens":27}} | INPUT_AUDIO | 20
          """)
  void read_providerResponseOfAnyEndpoint_isReadAsThatEndpoints(
      Provider provider, String answer, TokenClass tokenClass, long count) throws Exception {
    ObjectNode reported = unmetered("TOKEN_USAGE").put("provider", provider.name());
    reported.set("provider_response", Requests.parse(answer));

    Usage usage = read(reported).usage();

    assertThat(usage.status()).isEqualTo(UsageStatus.EXACT);
    assertThat(usage.tokens().get(tokenClass)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ANTHROPIC | {"input_tokens":20}
          ANTHROPIC | {"type":"message_batch","id":"msgbatch_1"}
          OPENAI | {"object":"response.input_tokens","input_tokens":20}
          OPENAI | {"object":"batch","id":"batch_1","usage":{"input_tokens":20,"output_tokens":7,"total_tokens":27}}
          OPENAI | {"id":"modr-1","model":"m","results":[]}
          GOOGLE | {"totalTokens":20}
          """)
  void read_providerResponseOfAFreeEndpoint_isNone(Provider provider, String answer)
      throws Exception {
    ObjectNode reported = unmetered("TOKEN_USAGE").put("provider", provider.name());
    reported.set("provider_response", Requests.parse(answer));

    assertThat(read(reported).usage().status()).isEqualTo(UsageStatus.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"message","id":"m","usage":{"input_tokens":20,"output_tokens":7}} | PARTIAL
          {"type":"message","id":"m","usage":{"output_tokens":7}} | PARTIAL
          {"type":"message","id":"m","usage":{"input_tokens":20,"output_tokens":7,"fallback_credit":{"status":"redeemed"}}} | PARTIAL
          {"type":"message","id":"m","usage":{"input_tokens":20,"output_tokens":-7}} | ESTIMATED
          {"type":"message","id":"m"} | MISSING
          {"type":"message_batch","id":"m"} | NONE
          """)
  void read_cutAnswer_isNeverExact(String answer, UsageStatus status) throws Exception {
    ObjectNode reported =
        unmetered("TOKEN_USAGE")
            .put("provider", "ANTHROPIC")
            .put("streamed", true)
            .put("response_cut", true);
    reported.set("provider_response", Requests.parse(answer));

    UsageEvent event = read(reported);

    assertThat(event.streamed()).isTrue();
    assertThat(event.usage().status()).isEqualTo(status);
    assertThat(event.usage().tokens().total(TokenClass.Side.OUTPUT))
        .isEqualTo(status == UsageStatus.PARTIAL ? 7 : 0);
  }

  @Test
  void read_notCut_isAsWhole() throws Exception {
    ObjectNode reported =
        unmetered("TOKEN_USAGE")
            .put("provider", "ANTHROPIC")
            .put("streamed", false)
            .put("response_cut", false);
    reported.set(
        "provider_response",
        Requests.parse("{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":9,\"output_tokens\":9}}"));

    assertThat(read(reported).streamed()).isFalse();
    assertThat(read(reported).usage().status()).isEqualTo(UsageStatus.EXACT);
  }

  @Test
  void read_cutWithoutAnAnswer_isRefused() {
    assertRefused(
        Requests.event(1).put("response_cut", true),
        "provider_response",
        "Required, as response_cut is given");
  }

  @Test
  void read_tokensBesideProviderResponse_areTheReportersWord() throws Exception {
    ObjectNode reported = Requests.event(1).put("provider", "ANTHROPIC");
    reported.set(
        "provider_response",
        Requests.parse("{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":99,\"output_tokens\":99}}"));

    assertThat(read(reported).usage().tokens().total(TokenClass.Side.INPUT)).isEqualTo(12);
  }

  @Test
  void read_providerResponseOfAProviderWithoutReader_isMissing() throws Exception {
    ObjectNode reported = unmetered("TOKEN_USAGE").put("provider", "COHERE");
    reported.putObject("provider_response").putObject("usage").put("tokens", 1);

    assertThat(read(reported).usage()).isEqualTo(Usage.missing("no usage of COHERE can be read"));
  }

  @Test
  void read_modelOfTheAnswerDiffers_keepsTheReportedOneAsRequested() throws Exception {
    ObjectNode reported = unmetered("TOKEN_USAGE").put("provider", "ANTHROPIC").put("model", "x");
    reported.set(
        "provider_response",
        Requests.parse(
            "{\"id\":\"m\",\"type\":\"message\",\"model\":\"claude-sonnet-4-5\","
                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));

    UsageEvent event = read(reported);

    assertThat(event.model()).isEqualTo("claude-sonnet-4-5");
    assertThat(event.requestedModel()).isEqualTo("x");
  }

  @Test
  void read_keyOfAnotherCustomer_isForbidden() {
    ApiKey bound =
        new ApiKey("k", "k", "p", "dev", Set.of(Scope.INGEST), "globex", NOW, "t", null, null);

    InvalidFieldException refusal =
        catchThrowableOfType(
            InvalidFieldException.class,
            () -> new EventReader(bound, NOW, Retention.FOR_EVER).read(Requests.event(1)));

    assertThat(refusal.code()).isEqualTo(Rejection.Code.FORBIDDEN);
  }

  private static ObjectNode unmetered(String type) {
    ObjectNode reported = Requests.event(1).put("event_type", type);
    reported.remove(List.of("input_tokens", "output_tokens"));
    return reported;
  }

  private static UsageEvent read(ObjectNode reported) throws InvalidFieldException {
    return new EventReader(KEY, NOW, Retention.FOR_EVER).read(exact(reported.toString()));
  }

  private static JsonNode exact(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(ObjectNode reported, String field, String reason) {
    InvalidFieldException refusal =
        catchThrowableOfType(
            InvalidFieldException.class,
            () -> new EventReader(KEY, NOW, Retention.FOR_EVER).read(reported));
    assertThat(refusal).isNotNull();
    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal.reason()).isEqualTo(reason);
  }
}
