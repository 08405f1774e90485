package io.openmonetize.bench.micro;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallIntent;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the proxy says of a streamed call: nothing of it unusual. */
final class Samples {
  static final Instant CALLED = Instant.parse("2026-06-30T10:15:30.123456Z");

  private static final String MODEL = "claude-sonnet-4-5-20250929";
  private static final String RAW =
      """
      [{"input_tokens":%d,"cache_creation_input_tokens":1024,"cache_read_input_tokens":8192,\
      "cache_creation":{"ephemeral_5m_input_tokens":1024,"ephemeral_1h_input_tokens":0},\
      "output_tokens":2,"service_tier":"standard"},{"output_tokens":350}]\
      """;

  private Samples() {}

  static UsageEvent event() {
    return event(0);
  }

  /**
   * One of many: of one customer and hour, and of ten users in turn.
   *
   * @param number the events of two numbers differ
   */
  static UsageEvent event(int number) {
    String responseId = "msg_01ABCDEFGHIJKLMNOPQR" + number;
    long input = 1200L + number;
    return new UsageEvent(
        requestId(number),
        new EventIdentity.ByResponse(Provider.ANTHROPIC, responseId),
        EventType.TOKEN_USAGE,
        CALLED.plusMillis(number),
        Source.PROXY,
        "live",
        "key_01ABCDEFGHIJ",
        attribution(number),
        Provider.ANTHROPIC,
        MODEL,
        "claude-sonnet-4-5",
        "messages",
        true,
        new Usage(
            UsageStatus.EXACT,
            null,
            new PricingTerms("standard", null, null),
            List.of(new UsageLine(MODEL, tokens(input))),
            RAW.formatted(input)),
        new Call(
            CallStatus.OK, 200, null, "req_011CQabcdefghijk" + number, responseId, 412L, 8_310L));
  }

  static CallIntent intent() {
    return new CallIntent(
        requestId(0),
        CALLED,
        CALLED.plus(Duration.ofMinutes(14)),
        "live",
        "key_01ABCDEFGHIJ",
        attribution(0),
        Provider.ANTHROPIC,
        "messages",
        "claude-sonnet-4-5",
        true,
        1,
        null);
  }

  private static String requestId(int number) {
    return "6f1c7c1e-54b7-4f0a-9f4e-%012d".formatted(number);
  }

  private static Attribution attribution(int number) {
    return new Attribution(
        "acme", "user-" + number % 10, "support", "chat", "{\"plan\":\"pro\",\"region\":\"eu\"}");
  }

  private static TokenCounts tokens(long input) {
    return new TokenCounts(
        Map.of(
            TokenClass.INPUT, input,
            TokenClass.CACHE_READ, 8192L,
            TokenClass.CACHE_WRITE, 1024L,
            TokenClass.OUTPUT, 350L));
  }
}
