package io.openmonetize.query;

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
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event to vary: each method gives another one. */
public record TestEvents(
    String id,
    Instant timestamp,
    Source source,
    String customerId,
    @Nullable String userId,
    String featureId,
    Provider provider,
    String model,
    CallStatus status,
    Cost cost) {
  static final String RAW =
      "{\"input_tokens\":1200,\"output_tokens\":340,\"fraction\":0.10000000000000000001}";
  static final String METADATA = "{\"plan\":\"pro\",\"n\":12345678901234567890}";

  public static TestEvents event(String id) {
    return new TestEvents(
        id,
        QuerySystem.START.minusSeconds(60),
        Source.PROXY,
        "acme",
        "bob",
        "chat",
        Provider.ANTHROPIC,
        "claude-sonnet-4-5",
        CallStatus.OK,
        new Cost.Priced(new BigDecimal("0.0087"), "2026-10-01"));
  }

  public TestEvents at(Instant time) {
    return new TestEvents(
        id, time, source, customerId, userId, featureId, provider, model, status, cost);
  }

  TestEvents source(Source other) {
    return new TestEvents(
        id, timestamp, other, customerId, userId, featureId, provider, model, status, cost);
  }

  TestEvents customer(String other) {
    return new TestEvents(
        id, timestamp, source, other, userId, featureId, provider, model, status, cost);
  }

  TestEvents user(@Nullable String other) {
    return new TestEvents(
        id, timestamp, source, customerId, other, featureId, provider, model, status, cost);
  }

  TestEvents feature(String other) {
    return new TestEvents(
        id, timestamp, source, customerId, userId, other, provider, model, status, cost);
  }

  TestEvents model(Provider otherProvider, String other) {
    return new TestEvents(
        id, timestamp, source, customerId, userId, featureId, otherProvider, other, status, cost);
  }

  TestEvents status(CallStatus other) {
    return new TestEvents(
        id, timestamp, source, customerId, userId, featureId, provider, model, other, cost);
  }

  TestEvents cost(Cost other) {
    return new TestEvents(
        id, timestamp, source, customerId, userId, featureId, provider, model, status, other);
  }

  public StoredEvent stored() {
    TokenCounts tokens =
        new TokenCounts(
            Map.of(
                TokenClass.INPUT, 1200L,
                TokenClass.CACHE_READ, 800L,
                TokenClass.OUTPUT, 300L,
                TokenClass.REASONING, 40L));
    return stored(
        new Usage(
            UsageStatus.EXACT,
            null,
            PricingTerms.UNSAID,
            List.of(new UsageLine(model, tokens, Map.of("web_searches", new BigDecimal("2")))),
            RAW));
  }

  StoredEvent stored(Usage usage) {
    UsageEvent event =
        new UsageEvent(
            id,
            new EventIdentity.ById(id),
            EventType.TOKEN_USAGE,
            timestamp,
            source,
            "dev",
            "key_1",
            new Attribution(customerId, userId, null, featureId, METADATA),
            provider,
            model,
            null,
            "messages",
            true,
            usage,
            new Call(status, 200, null, "req_1", "msg_1", 210L, 1840L)
                .asAttempt(2, "0123456789abcdef"));
    return new StoredEvent(event, cost, timestamp.plusSeconds(2));
  }

  /** As of another type than tokens. */
  StoredEvent stored(EventType type) {
    UsageEvent event = stored().event();
    return new StoredEvent(
        new UsageEvent(
            event.eventId(),
            event.identity(),
            type,
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
            event.call()),
        cost,
        timestamp.plusSeconds(2));
  }
}
