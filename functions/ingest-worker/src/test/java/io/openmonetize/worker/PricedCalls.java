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
import java.util.List;
import java.util.Map;

/** Reported calls of a million input tokens each, so that a price per million is their cost. */
record PricedCalls(String customerId, String userId, String model, Instant time) {
  static final String KNOWN = "claude-haiku-4-5";
  static final String NEW = "claude-of-tomorrow";
  static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

  static PricedCalls of(String model) {
    return new PricedCalls("acme", "ann", model, NOON);
  }

  PricedCalls customer(String customer) {
    return new PricedCalls(customer, userId, model, time);
  }

  PricedCalls user(String user) {
    return new PricedCalls(customerId, user, model, time);
  }

  PricedCalls at(Instant when) {
    return new PricedCalls(customerId, userId, model, when);
  }

  UsageEvent event(String id) {
    return event(id, Map.of());
  }

  /** With units beside the tokens, such as one that has no price. */
  UsageEvent event(String id, Map<String, BigDecimal> units) {
    UsageLine line = new UsageLine(model, TokenCounts.of(TokenClass.INPUT, 1_000_000), units);
    return new UsageEvent(
        id,
        new EventIdentity.ById(id),
        EventType.TOKEN_USAGE,
        time,
        Source.SDK,
        "dev",
        null,
        new Attribution(customerId, userId, null, "chat", null),
        Provider.ANTHROPIC,
        model,
        null,
        "messages",
        true,
        new Usage(UsageStatus.EXACT, null, PricingTerms.UNSAID, List.of(line), null),
        Call.REPORTED);
  }
}
