package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What another generated price book would change. */
public final class PriceDiff {
  /** What happened to a model. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One model, under all of its names that change alike.
   *
   * @param details one line for each price: its class or unit, since when, the old and the new
   */
  public record Change(
      Kind kind, Provider provider, SortedSet<String> names, List<String> details) {}

  private PriceDiff() {}

  /**
   * By provider and name.
   *
   * @param after a generated book, to be compared with that of this build
   * @throws IllegalArgumentException when it is not of the form; the message says where
   */
  public static List<Change> fromBundled(byte[] after) {
    return between(PriceBookFiles.generated(), after);
  }

  static List<Change> between(byte[] before, byte[] after) {
    Map<Provider, Map<String, ModelPrices>> old = byName(PriceFileReader.read(before));
    Map<Provider, Map<String, ModelPrices>> young = byName(PriceFileReader.read(after));
    List<Change> changes = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      changes.addAll(
          changes(
              provider,
              old.getOrDefault(provider, Map.of()),
              young.getOrDefault(provider, Map.of())));
    }
    return changes;
  }

  private static Map<Provider, Map<String, ModelPrices>> byName(PriceFile file) {
    Map<Provider, Map<String, ModelPrices>> byProvider = new EnumMap<>(Provider.class);
    file.models()
        .forEach(
            (provider, models) -> {
              Map<String, ModelPrices> byName = new HashMap<>();
              models.forEach(m -> m.names().forEach(name -> byName.put(name, m.prices())));
              byProvider.put(provider, byName);
            });
    return byProvider;
  }

  private record Comparison(Kind kind, List<String> details) {}

  private static List<Change> changes(
      Provider provider, Map<String, ModelPrices> old, Map<String, ModelPrices> young) {
    SortedSet<String> all = new TreeSet<>(old.keySet());
    all.addAll(young.keySet());
    // Keyed by the models too: two that change alike are still two.
    Map<List<String>, Change> changes = new TreeMap<>((a, b) -> compare(a, b));
    for (String name : all) {
      ModelPrices before = old.get(name);
      ModelPrices after = young.get(name);
      Comparison comparison = compare(before, after);
      if (comparison != null) {
        List<String> models = List.of(model(before), model(after));
        changes
            .computeIfAbsent(
                models,
                key ->
                    new Change(comparison.kind(), provider, new TreeSet<>(), comparison.details()))
            .names()
            .add(name);
      }
    }
    return List.copyOf(changes.values());
  }

  private static int compare(List<String> a, List<String> b) {
    int first = a.get(0).compareTo(b.get(0));
    return first != 0 ? first : a.get(1).compareTo(b.get(1));
  }

  private static String model(@Nullable ModelPrices prices) {
    return prices == null ? "" : prices.name();
  }

  private static @Nullable Comparison compare(
      @Nullable ModelPrices before, @Nullable ModelPrices after) {
    SortedMap<String, BigDecimal> old = prices(before);
    SortedMap<String, BigDecimal> young = prices(after);
    SortedSet<String> all = new TreeSet<>(old.keySet());
    all.addAll(young.keySet());
    List<String> details = new ArrayList<>();
    for (String what : all) {
      BigDecimal from = old.get(what);
      BigDecimal to = young.get(what);
      if (from == null || to == null || from.compareTo(to) != 0) {
        details.add(what + ": " + plain(from) + " -> " + plain(to));
      }
    }
    if (before == null) {
      return new Comparison(Kind.ADDED, details);
    }
    if (after == null) {
      return new Comparison(Kind.REMOVED, details);
    }
    return details.isEmpty() ? null : new Comparison(Kind.CHANGED, details);
  }

  private static String plain(@Nullable BigDecimal price) {
    return price == null ? "none" : price.toPlainString();
  }

  /** Every price of a model by what it is of and since when. */
  private static SortedMap<String, BigDecimal> prices(@Nullable ModelPrices model) {
    SortedMap<String, BigDecimal> prices = new TreeMap<>();
    if (model == null) {
      return prices;
    }
    model
        .from()
        .forEach(
            (from, period) -> {
              String since = since(from);
              period
                  .perMillionTokens()
                  .forEach((c, price) -> prices.put(c.wireName() + since, price));
              period
                  .units()
                  .forEach(
                      (unit, price) ->
                          prices.put(
                              unit + " by " + price.per().toPlainString() + since, price.usd()));
              for (PricePeriod.LongContext longer : period.longContexts()) {
                longer
                    .perMillionTokens()
                    .forEach(
                        (c, price) ->
                            prices.put(
                                c.wireName() + " above " + longer.inputTokens() + since, price));
              }
            });
    return prices;
  }

  private static String since(Instant from) {
    return from.equals(Instant.MIN) ? "" : " from " + LocalDate.ofInstant(from, ZoneOffset.UTC);
  }
}
