package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.pricing.Cost;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.pricing.PriceBreakdown;
import io.openmonetize.pricing.PricePart;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.PathPattern;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.EventHistory;
import io.openmonetize.storage.EventId;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code GET /v1/events/{id}}: one event, what the ledger said before, and how its cost comes
 * about.
 */
public final class GetEvent implements ReaderHandler {
  public static final PathPattern PATH = new PathPattern("/v1/events/{id}");

  private final EventHistory events;
  private final Supplier<PriceBook> priceBook;

  public GetEvent(EventHistory events, Supplier<PriceBook> priceBook) {
    this.events = events;
    this.priceBook = priceBook;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, Set.of("customer_id"));
    // Null for whoever may see all and asks for no one.
    String customerId = caller.confine(parameters.text("customer_id"));
    EventHistory.Entry found =
        EventId.read(PATH.value("id", request.path()))
            .filter(key -> customerId == null || customerId.equals(key.customerId()))
            .flatMap(events::read)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "There is no event of this id."));
    ObjectNode json = EventJson.of(found.stored());
    ArrayNode history = json.putArray("history");
    found.before().forEach(revision -> history.add(revision(revision)));
    json.set("price", price(priceBook.get().explain(found.stored().event())));
    return Answer.json(200, Json.data(json));
  }

  private static ObjectNode revision(EventHistory.Revision revision) {
    StoredEvent stored = revision.stored();
    boolean priced = stored.cost().isPriced();
    return Json.object()
        .put("revision", revision.revision())
        .put("replaced_at", revision.replacedAt().toString())
        .put("cost_usd", priced ? stored.cost().knownUsd().toPlainString() : null)
        .put("cost_status", priced ? "priced" : "unpriced")
        .put("price_book", stored.cost().priceBook())
        .put("usage_status", stored.event().usage().status().wireName())
        .put("status", stored.event().call().status().wireName());
  }

  private static ObjectNode price(PriceBreakdown breakdown) {
    Cost cost = breakdown.cost();
    ObjectNode json =
        Json.object()
            .put("price_book", cost.priceBook())
            .put("cost_usd", cost.isPriced() ? cost.knownUsd().toPlainString() : null);
    ArrayNode lines = json.putArray("lines");
    breakdown.parts().forEach(part -> lines.add(line(part)));
    return json;
  }

  private static ObjectNode line(PricePart part) {
    ObjectNode json = Json.object().put("model", part.model());
    json.put(
            switch (part.kind()) {
              case TOKENS -> "class";
              case UNITS -> "unit";
            },
            part.name())
        .put("quantity", part.quantity().toPlainString());
    return switch (part.rate()) {
      case PricePart.Rate.Listed(BigDecimal usd, BigDecimal per, BigDecimal total) ->
          json.put("usd_per", usd.toPlainString())
              .put("per", per.toPlainString())
              .put("usd", total.toPlainString());
      case PricePart.Rate.Missing(String reason) ->
          json.putNull("usd_per").putNull("per").putNull("usd").put("reason", reason);
    };
  }
}
