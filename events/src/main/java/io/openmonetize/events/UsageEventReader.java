package io.openmonetize.events;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link UsageEventJson} writes. Unknown fields are passed over. */
final class UsageEventReader {
  private UsageEventReader() {}

  static UsageEvent read(JsonFields fields) throws MalformedEventException {
    try {
      return event(fields);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new MalformedEventException("a field is out of its range");
    }
  }

  private static UsageEvent event(JsonFields event) throws MalformedEventException {
    if (event.number("v") != UsageEventJson.VERSION) {
      throw new MalformedEventException("v is not " + UsageEventJson.VERSION);
    }
    return new UsageEvent(
        event.text("event_id"),
        identity(event.object("identity")),
        EventType.valueOf(event.text("event_type")),
        Instant.parse(event.text("timestamp")),
        wireName(Source.values(), Source::wireName, event.text("source"), "source"),
        event.text("environment"),
        event.textOrNull("api_key_id"),
        attribution(event),
        providerOrNull(event),
        event.textOrNull("model"),
        event.textOrNull("requested_model"),
        event.textOrNull("endpoint"),
        event.flag("streamed"),
        usage(event.object("usage")),
        call(event.object("call")));
  }

  static Attribution attribution(JsonFields fields) throws MalformedEventException {
    return new Attribution(
        fields.text("customer_id"),
        fields.textOrNull("user_id"),
        fields.textOrNull("team_id"),
        fields.text("feature_id"),
        fields.textOrNull("metadata"));
  }

  private static @Nullable Provider providerOrNull(JsonFields event)
      throws MalformedEventException {
    String name = event.textOrNull("provider");
    return name == null ? null : Provider.valueOf(name);
  }

  private static EventIdentity identity(JsonFields identity) throws MalformedEventException {
    if (identity.has("event_id")) {
      return new EventIdentity.ById(identity.text("event_id"));
    }
    if (identity.has("idempotency_key")) {
      return new EventIdentity.ByIdempotencyKey(identity.text("idempotency_key"));
    }
    Provider provider = Provider.valueOf(identity.text("provider"));
    if (identity.has("response_id")) {
      return new EventIdentity.ByResponse(provider, identity.text("response_id"));
    }
    return new EventIdentity.ByBatchLine(
        provider, identity.text("batch_id"), identity.text("custom_id"));
  }

  private static Usage usage(JsonFields usage) throws MalformedEventException {
    List<UsageLine> lines = new ArrayList<>();
    for (Object line : usage.list("lines")) {
      lines.add(line(JsonFields.of("usage.lines", line)));
    }
    return new Usage(
        wireName(UsageStatus.values(), UsageStatus::wireName, usage.text("status"), "usage.status"),
        usage.textOrNull("reason"),
        new PricingTerms(
            usage.textOrNull("service_tier"),
            usage.textOrNull("speed"),
            usage.textOrNull("geography")),
        lines,
        usage.textOrNull("raw"));
  }

  private static UsageLine line(JsonFields line) throws MalformedEventException {
    JsonFields counts = line.object("tokens");
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    for (String name : counts.names()) {
      TokenClass tokenClass =
          TokenClass.ofWireName(name)
              .orElseThrow(
                  () -> new MalformedEventException("usage.lines.tokens has no such class"));
      tokens.put(tokenClass, counts.number(name));
    }
    JsonFields meters = line.object("units");
    Map<String, BigDecimal> units = new LinkedHashMap<>();
    for (String name : meters.names()) {
      units.put(name, new BigDecimal(meters.text(name)));
    }
    return new UsageLine(line.textOrNull("model"), new TokenCounts(tokens), units);
  }

  private static Call call(JsonFields call) throws MalformedEventException {
    return new Call(
        wireName(CallStatus.values(), CallStatus::wireName, call.text("status"), "call.status"),
        call.has("http_status") ? Math.toIntExact(call.number("http_status")) : null,
        call.textOrNull("error_type"),
        call.textOrNull("provider_request_id"),
        call.textOrNull("provider_response_id"),
        call.has("first_byte_ms") ? call.number("first_byte_ms") : null,
        call.has("duration_ms") ? call.number("duration_ms") : null,
        attempt(call),
        call.textOrNull("logical_call_id"));
  }

  static @Nullable Integer attempt(JsonFields call) throws MalformedEventException {
    return call.has("attempt") ? Math.toIntExact(call.number("attempt")) : null;
  }

  private static <T> T wireName(
      T[] values, java.util.function.Function<T, String> name, String wanted, String field)
      throws MalformedEventException {
    Optional<T> found =
        List.of(values).stream().filter(v -> name.apply(v).equals(wanted)).findFirst();
    return found.orElseThrow(() -> new MalformedEventException(field + " is not a known word"));
  }
}
