package io.openmonetize.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** An event in which everything that may vary does, the same for the same seed. */
final class RandomEvent {
  private static final String[] TEXTS = {
    "a", "", "Zoë 客 \uD83D\uDE00", "\"quoted\\\" and\nbroken", "\u0000\u001f\u007f\u2028", "#%"
  };

  private final Random random;

  private RandomEvent(long seed) {
    this.random = new Random(seed);
  }

  static UsageEvent of(long seed) {
    return new RandomEvent(seed).event();
  }

  private UsageEvent event() {
    return new UsageEvent(
        text(),
        identity(),
        pick(EventType.values()),
        Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000)),
        pick(Source.values()),
        text(),
        maybe(this::text),
        new Attribution(text(), maybe(this::text), maybe(this::text), text(), maybe(this::text)),
        maybe(() -> pick(Provider.values())),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        random.nextBoolean(),
        usage(),
        new Call(
            pick(CallStatus.values()),
            maybe(() -> random.nextInt(600)),
            maybe(this::text),
            maybe(this::text),
            maybe(this::text),
            maybe(() -> random.nextLong(1L << 50)),
            maybe(() -> random.nextLong(1L << 50)),
            maybe(() -> 1 + random.nextInt(100)),
            maybe(() -> "%016x".formatted(random.nextLong()))));
  }

  private EventIdentity identity() {
    return switch (random.nextInt(4)) {
      case 0 -> new EventIdentity.ById(text());
      case 1 -> new EventIdentity.ByIdempotencyKey(text());
      case 2 -> new EventIdentity.ByResponse(pick(Provider.values()), text());
      default -> new EventIdentity.ByBatchLine(pick(Provider.values()), text(), text());
    };
  }

  private Usage usage() {
    List<UsageLine> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
      for (int j = random.nextInt(6); j > 0; j--) {
        tokens.put(pick(TokenClass.values()), 1 + random.nextLong(1L << 60));
      }
      Map<String, BigDecimal> units = new HashMap<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        units.put(text(), BigDecimal.valueOf(random.nextLong(), random.nextInt(20)));
      }
      lines.add(new UsageLine(maybe(this::text), new TokenCounts(tokens), units));
    }
    return new Usage(
        pick(UsageStatus.values()),
        maybe(this::text),
        new PricingTerms(maybe(this::text), maybe(this::text), maybe(this::text)),
        lines,
        maybe(this::text));
  }

  private String text() {
    return pick(TEXTS);
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
