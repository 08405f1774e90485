package io.openmonetize.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
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

  static UsageEvent read(JsonFactory factory, String text) throws MalformedEventException {
    Map<String, Object> fields;
    try (JsonParser json = factory.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEventException("not a JSON object");
      }
      fields = object(json);
      if (json.nextToken() != null) {
        throw new MalformedEventException("text after the JSON object");
      }
    } catch (IOException e) {
      throw new MalformedEventException("not JSON");
    }
    try {
      return event(new Fields("", fields));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new MalformedEventException("a field is out of its range");
    }
  }

  private static UsageEvent event(Fields event) throws MalformedEventException {
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
        new Attribution(
            event.text("customer_id"),
            event.textOrNull("user_id"),
            event.textOrNull("team_id"),
            event.text("feature_id"),
            event.textOrNull("metadata")),
        providerOrNull(event),
        event.textOrNull("model"),
        event.textOrNull("requested_model"),
        event.textOrNull("endpoint"),
        event.flag("streamed"),
        usage(event.object("usage")),
        call(event.object("call")));
  }

  private static @Nullable Provider providerOrNull(Fields event) throws MalformedEventException {
    String name = event.textOrNull("provider");
    return name == null ? null : Provider.valueOf(name);
  }

  private static EventIdentity identity(Fields identity) throws MalformedEventException {
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

  private static Usage usage(Fields usage) throws MalformedEventException {
    List<UsageLine> lines = new ArrayList<>();
    for (Object line : usage.list("lines")) {
      lines.add(line(new Fields("usage.lines", asObject(line, "usage.lines"))));
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

  private static UsageLine line(Fields line) throws MalformedEventException {
    Fields counts = line.object("tokens");
    Map<TokenClass, Long> tokens = new EnumMap<>(TokenClass.class);
    for (String name : counts.names()) {
      TokenClass tokenClass =
          TokenClass.ofWireName(name)
              .orElseThrow(
                  () -> new MalformedEventException("usage.lines.tokens has no such class"));
      tokens.put(tokenClass, counts.number(name));
    }
    Fields meters = line.object("units");
    Map<String, BigDecimal> units = new LinkedHashMap<>();
    for (String name : meters.names()) {
      units.put(name, new BigDecimal(meters.text(name)));
    }
    return new UsageLine(line.textOrNull("model"), new TokenCounts(tokens), units);
  }

  private static Call call(Fields call) throws MalformedEventException {
    return new Call(
        wireName(CallStatus.values(), CallStatus::wireName, call.text("status"), "call.status"),
        call.has("http_status") ? Math.toIntExact(call.number("http_status")) : null,
        call.textOrNull("error_type"),
        call.textOrNull("provider_request_id"),
        call.textOrNull("provider_response_id"),
        call.has("first_byte_ms") ? call.number("first_byte_ms") : null,
        call.has("duration_ms") ? call.number("duration_ms") : null);
  }

  private static <T> T wireName(
      T[] values, java.util.function.Function<T, String> name, String wanted, String field)
      throws MalformedEventException {
    Optional<T> found =
        List.of(values).stream().filter(v -> name.apply(v).equals(wanted)).findFirst();
    return found.orElseThrow(() -> new MalformedEventException(field + " is not a known word"));
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Object value = value(json);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          Object element = value(json);
          if (element != null) {
            list.add(element);
          }
        }
        yield list;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> null;
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asObject(Object value, String name)
      throws MalformedEventException {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new MalformedEventException(name + " is no object");
  }

  /** One object's fields, with the name that errors give it. */
  private record Fields(String path, Map<String, Object> values) {
    boolean has(String name) {
      return values.containsKey(name);
    }

    Iterable<String> names() {
      return values.keySet();
    }

    String text(String name) throws MalformedEventException {
      String text = textOrNull(name);
      if (text == null) {
        throw new MalformedEventException(full(name) + " is missing");
      }
      return text;
    }

    @Nullable String textOrNull(String name) throws MalformedEventException {
      Object value = values.get(name);
      if (value == null || value instanceof String) {
        return (String) value;
      }
      throw new MalformedEventException(full(name) + " is no string");
    }

    long number(String name) throws MalformedEventException {
      if (values.get(name) instanceof Long number) {
        return number;
      }
      throw new MalformedEventException(full(name) + " is no whole number");
    }

    boolean flag(String name) throws MalformedEventException {
      if (values.get(name) instanceof Boolean flag) {
        return flag;
      }
      throw new MalformedEventException(full(name) + " is neither true nor false");
    }

    Fields object(String name) throws MalformedEventException {
      Object value = values.get(name);
      if (value == null) {
        throw new MalformedEventException(full(name) + " is missing");
      }
      return new Fields(full(name), asObject(value, full(name)));
    }

    List<?> list(String name) throws MalformedEventException {
      if (values.get(name) instanceof List<?> list) {
        return list;
      }
      throw new MalformedEventException(full(name) + " is no array");
    }

    private String full(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }
}
