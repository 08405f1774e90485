package io.openmonetize.query.routes;

import io.openmonetize.events.TokenClass;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event as a line of CSV. */
final class EventCsv {
  private record Column(String name, Function<StoredEvent, @Nullable String> value) {}

  private static final List<Column> COLUMNS = columns();

  private EventCsv() {}

  static List<@Nullable String> names() {
    return new ArrayList<>(COLUMNS.stream().map(Column::name).toList());
  }

  static List<@Nullable String> values(StoredEvent stored) {
    List<@Nullable String> values = new ArrayList<>();
    COLUMNS.forEach(column -> values.add(column.value.apply(stored)));
    return values;
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(event("event_id", UsageEvent::eventId));
    columns.add(event("event_type", event -> event.type().name()));
    columns.add(event("timestamp", event -> event.timestamp().toString()));
    columns.add(new Column("received_at", stored -> stored.receivedAt().toString()));
    columns.add(event("customer_id", event -> event.attribution().customerId()));
    columns.add(event("user_id", event -> event.attribution().userId()));
    columns.add(event("feature_id", event -> event.attribution().featureId()));
    columns.add(event("metadata", event -> event.attribution().metadata()));
    columns.add(
        event("provider", event -> event.provider() == null ? null : event.provider().name()));
    columns.add(event("model", UsageEvent::model));
    columns.add(event("requested_model", UsageEvent::requestedModel));
    columns.add(event("endpoint", UsageEvent::endpoint));
    columns.add(event("streamed", event -> Boolean.toString(event.streamed())));
    for (TokenClass tokens : TokenClass.values()) {
      columns.add(
          event(
              "tokens." + tokens.wireName(),
              event -> Long.toString(event.usage().tokens().byClass().getOrDefault(tokens, 0L))));
    }
    columns.add(total("input_tokens", TokenClass.Side.INPUT));
    columns.add(total("output_tokens", TokenClass.Side.OUTPUT));
    columns.add(event("units", event -> SumJson.units(EventJson.units(event.usage())).toString()));
    columns.add(event("usage_status", event -> event.usage().status().wireName()));
    columns.add(event("usage_reason", event -> event.usage().reason()));
    columns.add(event("quarantined", event -> Boolean.toString(event.usage().contradictsItself())));
    addCost(columns);
    addCall(columns);
    columns.add(event("source", event -> event.source().wireName()));
    columns.add(event("environment", UsageEvent::environment));
    columns.add(event("api_key_id", UsageEvent::apiKeyId));
    return List.copyOf(columns);
  }

  private static void addCost(List<Column> columns) {
    columns.add(
        new Column(
            "cost_usd",
            stored ->
                switch (stored.cost()) {
                  case Cost.Priced(BigDecimal usd, String _) -> usd.toPlainString();
                  case Cost.Unpriced _ -> null;
                }));
    columns.add(new Column("known_cost_usd", stored -> stored.cost().knownUsd().toPlainString()));
    columns.add(
        new Column("cost_status", stored -> stored.cost().isPriced() ? "priced" : "unpriced"));
    columns.add(
        new Column(
            "cost_reason",
            stored ->
                switch (stored.cost()) {
                  case Cost.Priced _ -> null;
                  case Cost.Unpriced unpriced -> unpriced.reason();
                }));
    columns.add(new Column("price_book", stored -> stored.cost().priceBook()));
    columns.add(event("service_tier", event -> event.usage().terms().serviceTier()));
    columns.add(event("speed", event -> event.usage().terms().speed()));
    columns.add(event("geography", event -> event.usage().terms().geography()));
  }

  private static void addCall(List<Column> columns) {
    columns.add(event("status", event -> event.call().status().wireName()));
    columns.add(number("http_status", event -> event.call().httpStatus()));
    columns.add(event("error_type", event -> event.call().errorType()));
    columns.add(event("provider_request_id", event -> event.call().providerRequestId()));
    columns.add(event("provider_response_id", event -> event.call().providerResponseId()));
    columns.add(number("first_byte_ms", event -> event.call().firstByteMs()));
    columns.add(number("duration_ms", event -> event.call().durationMs()));
    columns.add(number("attempt", event -> event.call().attempt()));
    columns.add(event("logical_call_id", event -> event.call().logicalCallId()));
  }

  private static Column event(String name, Function<UsageEvent, @Nullable String> value) {
    return new Column(name, stored -> value.apply(stored.event()));
  }

  private static Column number(String name, Function<UsageEvent, @Nullable Number> value) {
    return event(
        name,
        event -> {
          Number number = value.apply(event);
          return number == null ? null : number.toString();
        });
  }

  private static Column total(String name, TokenClass.Side side) {
    return event(name, event -> Long.toString(event.usage().tokens().total(side)));
  }
}
