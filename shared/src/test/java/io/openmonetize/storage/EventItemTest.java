package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EventItemTest {
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  @Property(tries = 500)
  void read_whatWasWritten_isTheSameEvent(@ForAll long seed) {
    StoredEvent stored = new RandomEvents(seed, JULY, Duration.ofDays(40)).next();

    assertThat(EventItem.read(EventItem.write(stored, UsageLayout.DEFAULT))).isEqualTo(stored);
  }

  @Property(tries = 200)
  void partition_ofTwoRandomEvents_isTheSameOnlyForOneIdentity(
      @ForAll long seed, @ForAll long other) {
    EventKey one = key(new RandomEvents(seed, JULY, Duration.ofDays(1)).next().event());
    EventKey two = key(new RandomEvents(other, JULY, Duration.ofDays(1)).next().event());

    assertThat(one.partition().equals(two.partition())).isEqualTo(one.equals(two));
  }

  @Test
  void write_typicalCall_isUnderOneKilobyte() {
    Map<String, AttributeValue> item =
        EventItem.write(new StoredEvent(typical(), cost(), JULY), UsageLayout.DEFAULT);

    assertThat(size(item)).isLessThan(1024);
  }

  @Test
  void write_yearOfFiveDigits_isRefused() {
    UsageEvent event = at(typical(), Instant.parse("+10000-01-01T00:00:00Z"));

    assertThatThrownBy(
            () -> EventItem.write(new StoredEvent(event, cost(), JULY), UsageLayout.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysTheSame_otherTokens_isFalse() {
    UsageEvent event = typical();
    var item = EventItem.write(new StoredEvent(event, cost(), JULY), UsageLayout.DEFAULT);

    assertThat(EventItem.saysTheSame(item, event)).isTrue();
    assertThat(EventItem.saysTheSame(item, using(event, 2096))).isFalse();
  }

  @Test
  void sayTheSame_oneAnswerReadByProxyAndSdk_isTrue() {
    UsageEvent proxied = typical();
    UsageEvent reported =
        new UsageEvent(
            "11111111-2222-3333-4444-555555555555",
            proxied.identity(),
            proxied.type(),
            proxied.timestamp().plusSeconds(3),
            Source.SDK,
            proxied.environment(),
            "key_of_the_sdk",
            proxied.attribution(),
            proxied.provider(),
            "claude-sonnet-5-latest",
            null,
            null,
            false,
            new Usage(UsageStatus.EXACT, null, PricingTerms.UNSAID, lines(2095), null),
            Call.REPORTED);

    assertThat(EventItem.sayTheSame(proxied, reported)).isTrue();
  }

  private static EventKey key(UsageEvent event) {
    return new EventKey(event.attribution().customerId(), event.identity());
  }

  private static Cost cost() {
    return new Cost.Priced(new BigDecimal("0.0213645"), "2026-07-01-0123abcd");
  }

  private static List<UsageLine> lines(long input) {
    return List.of(
        new UsageLine(
            "claude-sonnet-5-20260514",
            TokenCounts.of(TokenClass.INPUT, input)
                .plus(TokenCounts.of(TokenClass.CACHE_READ, 1024))
                .plus(TokenCounts.of(TokenClass.OUTPUT, 503))));
  }

  private static UsageEvent typical() {
    return new UsageEvent(
        "0f1c9a52-6a0e-4f5e-9f1e-3f2a1b0c9d8e",
        new EventIdentity.ByResponse(Provider.ANTHROPIC, "msg_01XFDUDYJgAACzvnptvVoYEL"),
        EventType.TOKEN_USAGE,
        Instant.parse("2026-07-01T12:34:56.789Z"),
        Source.PROXY,
        "live",
        "key_01j2xk3m4n",
        new Attribution("customer-4711", "user-0815", null, "support-chat", "{\"plan\":\"pro\"}"),
        Provider.ANTHROPIC,
        "claude-sonnet-5-20260514",
        null,
        "messages",
        true,
        new Usage(
            UsageStatus.EXACT,
            null,
            new PricingTerms("standard", null, null),
            lines(2095),
            """
            {"input_tokens":2095,"cache_creation_input_tokens":0,"cache_read_input_tokens":1024,\
            "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},\
            "output_tokens":503,"service_tier":"standard"}\
            """),
        new Call(
            CallStatus.OK,
            200,
            null,
            "req_011CSHoEeqs5C35K2UUqR7Fy",
            "msg_01XFDUDYJgAACzvnptvVoYEL",
            412L,
            8_211L));
  }

  private static UsageEvent using(UsageEvent event, long input) {
    return copy(event, event.timestamp(), lines(input));
  }

  private static UsageEvent at(UsageEvent event, Instant timestamp) {
    return copy(event, timestamp, event.usage().lines());
  }

  private static UsageEvent copy(UsageEvent event, Instant timestamp, List<UsageLine> lines) {
    Usage usage = event.usage();
    return new UsageEvent(
        event.eventId(),
        event.identity(),
        event.type(),
        timestamp,
        event.source(),
        event.environment(),
        event.apiKeyId(),
        event.attribution(),
        event.provider(),
        event.model(),
        event.requestedModel(),
        event.endpoint(),
        event.streamed(),
        new Usage(usage.status(), usage.reason(), usage.terms(), lines, usage.raw()),
        event.call());
  }

  /** As DynamoDB counts: names and texts in UTF-8, numbers at about half a byte a digit. */
  private static int size(Map<String, AttributeValue> item) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      size += utf8(entry.getKey()) + size(entry.getValue());
    }
    return size;
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> (value.n().length() + 1) / 2 + 2;
      case B -> value.b().asByteArray().length;
      case BOOL, NUL -> 1;
      case M -> 3 + value.m().size() + size(value.m());
      case L -> 3 + value.l().stream().mapToInt(element -> 1 + size(element)).sum();
      default -> throw new AssertionError("no such attribute is ever written: " + value.type());
    };
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
