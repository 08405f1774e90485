package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.pricing.PriceListing;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Request;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code GET /v1/prices}: the price book in use. */
public final class ReadPrices implements ReaderHandler {
  private final Supplier<PriceBook> priceBook;

  public ReadPrices(Supplier<PriceBook> priceBook) {
    this.priceBook = priceBook;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, Set.of("provider", "prefix"));
    Provider provider = parameters.oneOf("provider", Provider.values(), Provider::name);
    String prefix = Objects.requireNonNullElse(parameters.text("prefix"), "");
    PriceListing prices = priceBook.get().listing();
    ObjectNode json = Json.object().put("version", prices.version());
    ArrayNode sources = json.putArray("sources");
    prices.sources().forEach(sources::add);
    ArrayNode models = json.putArray("models");
    prices.models().stream()
        .filter(model -> provider == null || provider == model.provider())
        .filter(model -> model.names().stream().anyMatch(name -> name.startsWith(prefix)))
        .forEach(model -> models.add(model(model)));
    ArrayNode terms = json.putArray("terms");
    prices.terms().stream()
        .filter(term -> provider == null || provider == term.provider())
        .forEach(term -> terms.add(term(term)));
    ArrayNode unpriced = json.putArray("unpriced");
    for (PriceListing.WithoutPrice without : prices.unpriced()) {
      if (provider == null || provider == without.provider()) {
        unpriced
            .addObject()
            .put("provider", without.provider().name())
            .put("kind", without.kind())
            .put("name", without.name())
            .put("reason", without.reason());
      }
    }
    return Answer.json(200, Json.data(json));
  }

  private static ObjectNode model(PriceListing.Model model) {
    ObjectNode json = Json.object().put("provider", model.provider().name());
    ArrayNode names = json.putArray("names");
    model.names().forEach(names::add);
    ArrayNode periods = json.putArray("periods");
    model.periods().forEach(period -> periods.add(period(period)));
    return json;
  }

  private static ObjectNode period(PriceListing.Period period) {
    ObjectNode json = Json.object().put("from", SumJson.text(period.from()));
    json.set("per_million_tokens", perMillion(period.perMillion()));
    ObjectNode units = json.putObject("units");
    period
        .units()
        .forEach(
            (unit, price) ->
                units
                    .putObject(unit)
                    .put("usd", price.usd().toPlainString())
                    .put("per", price.per().toPlainString()));
    ArrayNode longer = json.putArray("above_input_tokens");
    for (PriceListing.Longer above : period.longer()) {
      ObjectNode one = longer.addObject().put("input_tokens", above.inputTokens());
      one.set("per_million_tokens", perMillion(above.perMillion()));
    }
    return json;
  }

  private static ObjectNode term(PriceListing.TermOf term) {
    ObjectNode json =
        Json.object().put("provider", term.provider().name()).put("term", term.term());
    ArrayNode values = json.putArray("values");
    term.values().stream().sorted().forEach(values::add);
    ArrayNode models = json.putArray("models");
    term.models().stream().sorted().forEach(models::add);
    ArrayNode classes = json.putArray("classes");
    term.classes().stream().sorted().map(TokenClass::wireName).forEach(classes::add);
    json.put("from", SumJson.text(term.from()))
        .put("input_tokens_most", term.inputTokensMost())
        .put("times", term.times() == null ? null : term.times().toPlainString());
    json.set(
        "per_million_tokens", term.perMillion() == null ? null : perMillion(term.perMillion()));
    return json;
  }

  private static ObjectNode perMillion(Map<TokenClass, BigDecimal> prices) {
    ObjectNode json = Json.object();
    new TreeMap<>(prices)
        .forEach((tokens, usd) -> json.put(tokens.wireName(), usd.toPlainString()));
    return json;
  }
}
