package io.openmonetize.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the ledger adds to one sum, which may be less than nothing: an event that is
 * replaced by a better one is taken out of its sums and the better one is put in.
 *
 * @param counters by the attribute that {@link RollupItem} keeps them in; none is zero
 * @param at when the change was made; null when nothing was added
 */
public record RollupDelta(Map<String, BigDecimal> counters, @Nullable Instant at) {
  public RollupDelta {
    Map<String, BigDecimal> kept = new TreeMap<>();
    counters.forEach(
        (name, count) -> {
          if (count.signum() != 0) {
            kept.put(name, count.stripTrailingZeros());
          }
        });
    counters = Collections.unmodifiableMap(kept);
  }

  public static RollupDelta of(Rollup sum) {
    return new RollupDelta(RollupItem.counters(sum), sum.updatedAt());
  }

  /**
   * The opposite: what takes the sum out again.
   *
   * @param when this is done
   */
  public RollupDelta negated(Instant when) {
    Map<String, BigDecimal> opposite = new TreeMap<>();
    counters.forEach((name, count) -> opposite.put(name, count.negate()));
    return new RollupDelta(opposite, when);
  }

  /** For sums that have not all of the counters. */
  RollupDelta without(Predicate<String> names) {
    Map<String, BigDecimal> some = new TreeMap<>(counters);
    some.keySet().removeIf(names);
    return new RollupDelta(some, at);
  }

  public RollupDelta plus(RollupDelta other) {
    Map<String, BigDecimal> sum = new TreeMap<>(counters);
    other.counters.forEach((name, count) -> sum.merge(name, count, BigDecimal::add));
    boolean earlier = at == null || other.at != null && at.isBefore(other.at);
    return new RollupDelta(sum, earlier ? other.at : at);
  }

  /** Nothing that a reader of the sum could see. */
  public boolean isEmpty() {
    return counters.isEmpty();
  }
}
