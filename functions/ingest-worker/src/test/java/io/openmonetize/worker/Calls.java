package io.openmonetize.worker;

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
import java.time.Instant;
import java.util.List;

/** A proxied call of one customer, and what the proxy says of it. */
record Calls(String requestId, Instant startedAt, String featureId) {
  static final String MODEL = "claude-sonnet-4-5";

  static Calls of(String requestId, Instant startedAt) {
    return new Calls(requestId, startedAt, "chat");
  }

  CallIntent intent(Instant due) {
    return new CallIntent(
        requestId,
        startedAt,
        due,
        "dev",
        null,
        attribution(),
        Provider.ANTHROPIC,
        "messages",
        MODEL,
        true,
        null,
        null);
  }

  UsageEvent unaccounted() {
    return intent(startedAt).unaccounted();
  }

  /** Settled under its answer's id. */
  UsageEvent answered(String responseId, UsageStatus status, long tokens) {
    return event(
        new EventIdentity.ByResponse(Provider.ANTHROPIC, responseId),
        new Usage(
            status,
            status == UsageStatus.EXACT ? null : "for a test",
            PricingTerms.UNSAID,
            List.of(new UsageLine(MODEL, TokenCounts.of(TokenClass.INPUT, tokens))),
            null),
        CallStatus.OK);
  }

  /** Settled under its answer's id, which is queued and tells no use yet. */
  UsageEvent queued(String responseId) {
    return event(
        new EventIdentity.ByResponse(Provider.ANTHROPIC, responseId),
        Usage.missing("the answer is queued"),
        CallStatus.OK);
  }

  /** Settled under its own id, since there was no answer. */
  UsageEvent timedOut() {
    return event(
        new EventIdentity.ById(requestId),
        Usage.missing("no answer came in time"),
        CallStatus.TIMEOUT);
  }

  /** The same answer as an SDK in the application tells it, by its own clock and id. */
  UsageEvent reportedBySdk(String responseId, long tokens) {
    return new UsageEvent(
        "sdk-" + requestId,
        new EventIdentity.ByResponse(Provider.ANTHROPIC, responseId),
        EventType.TOKEN_USAGE,
        startedAt.plusSeconds(2),
        Source.SDK,
        "dev",
        null,
        new Attribution("acme", "user", "team", featureId, "{\"plan\":\"pro\"}"),
        Provider.ANTHROPIC,
        MODEL,
        null,
        null,
        false,
        new Usage(
            UsageStatus.EXACT,
            null,
            PricingTerms.UNSAID,
            List.of(new UsageLine(MODEL, TokenCounts.of(TokenClass.INPUT, tokens))),
            null),
        new Call(CallStatus.OK, null, null, null, responseId, null, null));
  }

  private Attribution attribution() {
    return new Attribution("acme", "user", null, featureId, null);
  }

  private UsageEvent event(EventIdentity identity, Usage usage, CallStatus status) {
    return new UsageEvent(
        requestId,
        identity,
        EventType.TOKEN_USAGE,
        startedAt,
        Source.PROXY,
        "dev",
        null,
        attribution(),
        Provider.ANTHROPIC,
        usage.lines().isEmpty() ? null : MODEL,
        usage.lines().isEmpty() ? MODEL : null,
        "messages",
        true,
        usage,
        new Call(status, 200, null, null, null, 10L, 20L));
  }
}
