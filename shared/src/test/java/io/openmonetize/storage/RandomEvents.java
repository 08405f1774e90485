package io.openmonetize.storage;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Events in which everything that may vary does, the same for the same seed. */
final class RandomEvents {
  private static final String[] IDS = {"acme", "a#b", "a", "b#c", "%", "#", "%h", "ünïcode 客", "x"};
  private static final String[] MODELS = {"claude-sonnet-5", "gpt-5.5", "models/a#b", ""};

  private final Random random;
  private final Instant from;
  private final Duration span;
  private int made;

  RandomEvents(long seed, Instant from, Duration span) {
    this.random = new Random(seed);
    this.from = from;
    this.span = span;
  }

  List<StoredEvent> list(int count) {
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  StoredEvent next() {
    made++;
    Provider provider = maybe(() -> pick(Provider.values()));
    String model = maybe(() -> pick(MODELS));
    Instant timestamp = from.plusNanos((long) (random.nextDouble() * span.toNanos()));
    UsageEvent event =
        new UsageEvent(
            pick(IDS) + made,
            identity(),
            pick(EventType.values()),
            random.nextBoolean() ? timestamp : Instant.ofEpochMilli(timestamp.toEpochMilli()),
            pick(Source.values()),
            pick(new String[] {"dev", "live"}),
            maybe(() -> "key_1"),
            new Attribution(
                pick(IDS), maybe(() -> pick(IDS)), maybe(() -> pick(IDS)), pick(IDS), metadata()),
            provider,
            model,
            maybe(() -> pick(MODELS)),
            maybe(() -> "messages"),
            random.nextBoolean(),
            usage(model),
            call());
    return new StoredEvent(event, cost(), from.plus(span).plusMillis(made));
  }

  private EventIdentity identity() {
    String id = pick(IDS) + made;
    return switch (random.nextInt(4)) {
      case 0 -> new EventIdentity.ById(id);
      case 1 -> new EventIdentity.ByIdempotencyKey(id);
      case 2 -> new EventIdentity.ByResponse(pick(Provider.values()), id);
      default -> new EventIdentity.ByBatchLine(pick(Provider.values()), pick(IDS), id);
    };
  }

  private Usage usage(@Nullable String model) {
    List<UsageLine> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      lines.add(
          new UsageLine(
              random.nextBoolean() ? model : maybe(() -> pick(MODELS)), tokens(), units()));
    }
    return new Usage(
        pick(UsageStatus.values()),
        maybe(() -> "the stream broke off"),
        new PricingTerms(maybe(() -> "standard"), maybe(() -> "fast"), maybe(() -> "us")),
        lines,
        maybe(() -> "{\"input_tokens\": 12}"));
  }

  private TokenCounts tokens() {
    Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
    for (int i = random.nextInt(5); i > 0; i--) {
      counts.put(pick(TokenClass.values()), random.nextLong(1L << 40));
    }
    return new TokenCounts(counts);
  }

  private Map<String, BigDecimal> units() {
    Map<String, BigDecimal> units = new HashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      units.put(pick(new String[] {"images", "seconds", "web_searches"}), decimal(3));
    }
    return units;
  }

  private Call call() {
    return new Call(
        pick(CallStatus.values()),
        maybe(() -> 200 + random.nextInt(300)),
        maybe(() -> "overloaded_error"),
        maybe(() -> "req_1"),
        maybe(() -> pick(IDS) + made),
        maybe(() -> random.nextLong(10_000)),
        maybe(() -> random.nextLong(100_000)),
        maybe(() -> 1 + random.nextInt(3)),
        maybe(() -> "%016x".formatted(random.nextLong())));
  }

  private Cost cost() {
    return random.nextInt(4) == 0
        ? new Cost.Unpriced(
            "no price for model x",
            "2026-07-01",
            random.nextBoolean() ? BigDecimal.ZERO : decimal(12))
        : new Cost.Priced(decimal(12), "2026-07-01");
  }

  /** As DynamoDB gives it back: without trailing zeros. */
  private BigDecimal decimal(int scale) {
    BigDecimal number = BigDecimal.valueOf(1 + random.nextLong(1L << 50), scale);
    return new BigDecimal(number.stripTrailingZeros().toPlainString());
  }

  private @Nullable String metadata() {
    return maybe(() -> "{\"team\":\"#%\"}");
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
