package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Price files laid one over another: the later one's word counts. */
final class PriceLayers {
  private final Map<Provider, Map<String, ModelPrices>> models = new EnumMap<>(Provider.class);
  private final Map<Provider, Map<String, PricePeriod.UnitPrice>> units =
      new EnumMap<>(Provider.class);
  private final List<TermPrice> terms = new ArrayList<>();
  private final Map<Unpriced, String> unpriced = new HashMap<>();

  /**
   * @throws IllegalArgumentException when the file speaks of a model that nothing lists
   */
  PriceLayers lay(PriceFile file) {
    file.models().forEach((provider, listed) -> listed.forEach(one -> put(provider, one)));
    file.aliases().forEach(this::alias);
    file.additions().forEach(this::add);
    terms.addAll(0, file.terms().stream().map(this::resolved).toList());
    unpriced.putAll(file.unpriced());
    return this;
  }

  PriceBook book(String version) {
    return new PriceBook(version, models, units, List.copyOf(terms), Map.copyOf(unpriced));
  }

  private void put(Provider provider, PriceFile.Listed listed) {
    Map<String, ModelPrices> byName = models.computeIfAbsent(provider, p -> new HashMap<>());
    // A model that was listed before keeps its name, so that what earlier files say of its tiers
    // still holds.
    ModelPrices before = byName.get(listed.prices().name());
    ModelPrices prices =
        before == null ? listed.prices() : new ModelPrices(before.name(), listed.prices().from());
    listed.names().forEach(name -> byName.put(name, prices));
  }

  private void alias(Provider provider, Map<String, String> aliases) {
    aliases.forEach(
        (alias, name) ->
            models
                .computeIfAbsent(provider, p -> new HashMap<>())
                .put(alias, require(provider, name)));
  }

  private void add(PriceFile.Addition addition) {
    if (addition.models().isEmpty()) {
      units.computeIfAbsent(addition.provider(), p -> new HashMap<>()).putAll(addition.units());
    }
    for (String name : addition.models()) {
      ModelPrices before = require(addition.provider(), name);
      NavigableMap<Instant, PricePeriod> periods = new TreeMap<>();
      before.from().forEach((from, period) -> periods.put(from, period.plus(addition)));
      ModelPrices after = new ModelPrices(before.name(), periods);
      models
          .getOrDefault(addition.provider(), Map.of())
          .replaceAll((n, prices) -> prices.equals(before) ? after : prices);
    }
  }

  private TermPrice resolved(TermPrice term) {
    Set<String> names =
        term.models().stream()
            .map(name -> require(term.provider(), name).name())
            .collect(Collectors.toSet());
    return new TermPrice(
        term.provider(),
        term.term(),
        term.values(),
        names,
        term.classes(),
        term.from(),
        term.inputTokensMost(),
        term.effect());
  }

  private ModelPrices require(Provider provider, String name) {
    return PriceBook.find(models.getOrDefault(provider, Map.of()), name)
        .orElseThrow(
            () ->
                new IllegalArgumentException("no model of " + provider + " is listed as " + name));
  }
}
