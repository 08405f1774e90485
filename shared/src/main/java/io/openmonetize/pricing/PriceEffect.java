package io.openmonetize.pricing;

import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What recorded usage costs by one book and by another. For one thread; its size is that of the
 * models, not of the events.
 */
public final class PriceEffect {
  /**
   * The calls to one model.
   *
   * @param provider null where the event named none
   * @param model the answer's, else the one asked for; empty where neither is known
   * @param before US dollars by the first book, of the events that it prices
   */
  public record Row(
      @Nullable Provider provider,
      String model,
      long events,
      BigDecimal before,
      BigDecimal after,
      long unpricedBefore,
      long unpricedAfter) {
    /** Whether the second book makes any difference. */
    public boolean differs() {
      return before.compareTo(after) != 0 || unpricedBefore != unpricedAfter;
    }

    private Row plus(Row other) {
      return new Row(
          provider,
          model,
          events + other.events,
          before.add(other.before),
          after.add(other.after),
          unpricedBefore + other.unpricedBefore,
          unpricedAfter + other.unpricedAfter);
    }
  }

  private static final Comparator<Key> BY_PROVIDER_AND_MODEL =
      Comparator.comparing(Key::provider).thenComparing(Key::model);

  private record Key(String provider, String model) {}

  private final PriceBook before;
  private final PriceBook after;
  private final SortedMap<Key, Row> rows = new TreeMap<>(BY_PROVIDER_AND_MODEL);

  public PriceEffect(PriceBook before, PriceBook after) {
    this.before = before;
    this.after = after;
  }

  public void add(UsageEvent event) {
    Cost old = before.price(event);
    Cost young = after.price(event);
    String model = event.model() != null ? event.model() : event.requestedModel();
    Row row =
        new Row(
            event.provider(),
            model == null ? "" : model,
            1,
            old.pricedUsd(),
            young.pricedUsd(),
            unpriced(old),
            unpriced(young));
    Key key = new Key(String.valueOf(event.provider()), row.model());
    rows.merge(key, row, Row::plus);
  }

  /** By provider and model. */
  public List<Row> rows() {
    return List.copyOf(rows.values());
  }

  private static long unpriced(Cost cost) {
    return cost.isPriced() ? 0 : 1;
  }
}
