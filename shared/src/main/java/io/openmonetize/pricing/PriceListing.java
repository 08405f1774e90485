package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A price book, to be shown. Prices are US dollars.
 *
 * @param sources where the bundled figures come from
 * @param models by provider and name
 */
public record PriceListing(
    String version,
    List<String> sources,
    List<Model> models,
    List<TermOf> terms,
    List<WithoutPrice> unpriced) {
  /**
   * @param names all by which the model is priced
   * @param periods the newest first
   */
  public record Model(Provider provider, List<String> names, List<Period> periods) {}

  /**
   * @param from null for prices that held as far back as is known
   * @param perMillion tokens of a class
   */
  public record Period(
      @Nullable Instant from,
      Map<TokenClass, BigDecimal> perMillion,
      Map<String, UnitPrice> units,
      List<Longer> longer) {}

  /**
   * @param usd of so many as {@code per} says
   */
  public record UnitPrice(BigDecimal usd, BigDecimal per) {}

  /** Prices of a whole call with more input tokens than this. */
  public record Longer(long inputTokens, Map<TokenClass, BigDecimal> perMillion) {}

  /**
   * What a service tier, a speed or a geography does.
   *
   * @param models empty for all
   * @param inputTokensMost null where there is no bound
   * @param times what the standard price is multiplied by; null where there are own prices
   * @param perMillion prices of its own; null where there are none
   */
  public record TermOf(
      Provider provider,
      String term,
      Set<String> values,
      Set<String> models,
      Set<TokenClass> classes,
      @Nullable Instant from,
      @Nullable Long inputTokensMost,
      @Nullable BigDecimal times,
      @Nullable Map<TokenClass, BigDecimal> perMillion) {}

  /**
   * @param kind {@code unit}, or a term's name
   */
  public record WithoutPrice(Provider provider, String kind, String name, String reason) {}

  static PriceListing of(
      String version,
      Map<Provider, Map<String, ModelPrices>> models,
      List<TermPrice> terms,
      Map<Unpriced, String> unpriced) {
    return new PriceListing(
        version,
        List.of(PriceFileReader.source(PriceBookFiles.generated()), "docs/prices.md"),
        models(models),
        terms.stream().map(PriceListing::term).toList(),
        unpriced.entrySet().stream()
            .map(
                entry ->
                    new WithoutPrice(
                        entry.getKey().provider(),
                        entry.getKey().kind(),
                        entry.getKey().name(),
                        entry.getValue()))
            .sorted(
                Comparator.comparing(WithoutPrice::provider)
                    .thenComparing(WithoutPrice::kind)
                    .thenComparing(WithoutPrice::name))
            .toList());
  }

  private static List<Model> models(Map<Provider, Map<String, ModelPrices>> byProvider) {
    List<Model> list = new ArrayList<>();
    byProvider.forEach(
        (provider, byName) -> {
          Map<ModelPrices, List<String>> names = new IdentityHashMap<>();
          byName.forEach(
              (name, prices) -> names.computeIfAbsent(prices, _ -> new ArrayList<>()).add(name));
          names.forEach(
              (prices, ofModel) ->
                  list.add(
                      new Model(
                          provider,
                          ofModel.stream().sorted().toList(),
                          prices.from().descendingMap().entrySet().stream()
                              .map(entry -> period(entry.getKey(), entry.getValue()))
                              .toList())));
        });
    list.sort(
        Comparator.comparing(Model::provider).thenComparing(model -> model.names().getFirst()));
    return list;
  }

  private static Period period(Instant from, PricePeriod period) {
    Map<String, UnitPrice> units = new TreeMap<>();
    period
        .units()
        .forEach((unit, price) -> units.put(unit, new UnitPrice(price.usd(), price.per())));
    return new Period(
        known(from),
        period.perMillionTokens(),
        units,
        period.longContexts().stream()
            .map(longer -> new Longer(longer.inputTokens(), longer.perMillionTokens()))
            .toList());
  }

  private static TermOf term(TermPrice term) {
    @Nullable BigDecimal times = null;
    @Nullable Map<TokenClass, BigDecimal> own = null;
    switch (term.effect()) {
      case TermPrice.Effect.Times(BigDecimal factor) -> times = factor;
      case TermPrice.Effect.Instead(Map<TokenClass, BigDecimal> prices) -> own = prices;
    }
    return new TermOf(
        term.provider(),
        term.term().wireName(),
        term.values(),
        term.models(),
        term.classes(),
        known(term.from()),
        term.inputTokensMost() == Long.MAX_VALUE ? null : term.inputTokensMost(),
        times,
        own);
  }

  private static @Nullable Instant known(Instant from) {
    return from.equals(Instant.MIN) ? null : from;
  }
}
