package io.openmonetize.worker;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Reports of events, the same for the same seed. */
public final class Reports {
  private static final Instant START = Instant.parse("2026-06-30T20:00:00Z");
  private static final String[] CUSTOMERS = {"acme", "globex", "initech"};
  private static final String[] MODELS = {"claude-sonnet-4-5", "claude-haiku-4-5", "not-in-book"};

  private final Random random;
  private int made;

  public Reports(long seed) {
    this.random = new Random(seed);
  }

  static UsageEvent ofCustomer(String customerId, String eventId, long inputTokens) {
    return event(
        eventId,
        new EventIdentity.ById(eventId),
        EventType.TOKEN_USAGE,
        START,
        new Attribution(customerId, "user", null, "chat", null),
        "claude-sonnet-4-5",
        new UsageLine("claude-sonnet-4-5", TokenCounts.of(TokenClass.INPUT, inputTokens)));
  }

  static UsageEvent withFeature(UsageEvent event, String featureId) {
    return of(event, new Attribution(customer(event), "user", null, featureId, null));
  }

  static UsageEvent withUser(UsageEvent event, String userId) {
    return of(event, new Attribution(customer(event), userId, null, "chat", null));
  }

  static UsageEvent withMetadata(UsageEvent event, String metadata) {
    return of(event, new Attribution(customer(event), "user", null, "chat", metadata));
  }

  static UsageEvent withEventId(UsageEvent event, String eventId) {
    return new UsageEvent(
        eventId,
        event.identity(),
        event.type(),
        event.timestamp(),
        event.source(),
        event.environment(),
        event.apiKeyId(),
        event.attribution(),
        event.provider(),
        event.model(),
        event.requestedModel(),
        event.endpoint(),
        event.streamed(),
        event.usage(),
        event.call());
  }

  static UsageEvent withStatus(UsageEvent event, UsageStatus status) {
    return new UsageEvent(
        event.eventId(),
        event.identity(),
        event.type(),
        event.timestamp(),
        event.source(),
        event.environment(),
        event.apiKeyId(),
        event.attribution(),
        event.provider(),
        event.model(),
        event.requestedModel(),
        event.endpoint(),
        event.streamed(),
        new Usage(status, "for a test", PricingTerms.UNSAID, event.usage().lines(), null),
        event.call());
  }

  private static String customer(UsageEvent event) {
    return event.attribution().customerId();
  }

  private static UsageEvent of(UsageEvent event, Attribution attribution) {
    return event(
        event.eventId(),
        event.identity(),
        event.type(),
        event.timestamp(),
        attribution,
        "claude-sonnet-4-5",
        event.usage().lines().getFirst());
  }

  /** Distinct events, some of them reported again, now and then with other words, all shuffled. */
  public List<UsageEvent> shuffled(int distinct) {
    List<UsageEvent> reports = new ArrayList<>();
    for (int i = 0; i < distinct; i++) {
      UsageEvent event = next();
      reports.add(event);
      while (random.nextInt(3) == 0) {
        reports.add(random.nextInt(5) == 0 ? otherwise(event) : event);
      }
    }
    Collections.shuffle(reports, random);
    return reports;
  }

  private UsageEvent next() {
    String id = "event-" + made++;
    EventIdentity identity =
        switch (random.nextInt(3)) {
          case 0 -> new EventIdentity.ById(id);
          case 1 -> new EventIdentity.ByIdempotencyKey(id);
          default -> new EventIdentity.ByResponse(Provider.ANTHROPIC, id);
        };
    String model = MODELS[random.nextInt(MODELS.length)];
    TokenCounts tokens =
        TokenCounts.of(TokenClass.INPUT, random.nextInt(100_000))
            .plus(TokenCounts.of(TokenClass.CACHE_READ, random.nextInt(3)))
            .plus(TokenCounts.of(TokenClass.OUTPUT, random.nextInt(8_000)));
    Map<String, BigDecimal> units =
        random.nextInt(4) == 0
            ? Map.of("seconds", BigDecimal.valueOf(10 * random.nextInt(1_000) + 1, 3))
            : Map.of();
    EventType[] types = EventType.values();
    return event(
        id,
        identity,
        random.nextBoolean() ? EventType.TOKEN_USAGE : types[random.nextInt(types.length)],
        START.plusSeconds(random.nextInt(8 * 3600)),
        new Attribution(
            CUSTOMERS[random.nextInt(CUSTOMERS.length)],
            random.nextInt(5) == 0 ? null : "user-" + random.nextInt(4),
            null,
            "feature-" + random.nextInt(2),
            null),
        model,
        new UsageLine(model, tokens, units));
  }

  private UsageEvent otherwise(UsageEvent event) {
    return event(
        event.eventId(),
        event.identity(),
        event.type(),
        event.timestamp().plusSeconds(random.nextInt(100_000)),
        event.attribution(),
        "claude-sonnet-4-5",
        new UsageLine(
            "claude-sonnet-4-5", TokenCounts.of(TokenClass.OUTPUT, 1 + random.nextInt(1_000))));
  }

  private static UsageEvent event(
      String id,
      EventIdentity identity,
      EventType type,
      Instant timestamp,
      Attribution attribution,
      String model,
      UsageLine line) {
    return new UsageEvent(
        id,
        identity,
        type,
        timestamp,
        Source.PROXY,
        "dev",
        null,
        attribution,
        Provider.ANTHROPIC,
        model,
        null,
        "messages",
        true,
        new Usage(UsageStatus.EXACT, null, PricingTerms.UNSAID, List.of(line), null),
        Call.REPORTED);
  }
}
