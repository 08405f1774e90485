package io.openmonetize.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Adds up rollup items for each of some neighbouring times. For one thread. */
final class RollupSums {
  /** How long {@code 2026-07-01T12:00:00} is. */
  private static final int SECONDS = 19;

  private final List<Sum> parts = new ArrayList<>();

  private static final class Sum {
    private final Map<String, Counter> counters = new HashMap<>();
    private @Nullable String at;
  }

  /** A number that is whole most times, and then needs no decimal for each addition. */
  private static final class Counter {
    private static final int DIGITS_OF_LONG = 17;

    private long whole;
    private BigDecimal rest = BigDecimal.ZERO;

    void add(String number, boolean added) {
      if (number.length() <= DIGITS_OF_LONG && isWhole(number)) {
        long count = Long.parseLong(number);
        whole = Math.addExact(whole, added ? count : -count);
      } else {
        BigDecimal count = new BigDecimal(number);
        rest = added ? rest.add(count) : rest.subtract(count);
      }
    }

    BigDecimal sum() {
      return rest.add(BigDecimal.valueOf(whole));
    }

    private static boolean isWhole(String number) {
      for (int i = 0; i < number.length(); i++) {
        char c = number.charAt(i);
        if ((c < '0' || c > '9') && (c != '-' || i > 0)) {
          return false;
        }
      }
      return true;
    }
  }

  RollupSums(int parts) {
    for (int i = 0; i < parts; i++) {
      this.parts.add(new Sum());
    }
  }

  void add(Map<String, AttributeValue> item, List<RollupPlan.Share> shares) {
    for (RollupPlan.Share share : shares) {
      Sum sum = parts.get(share.part());
      item.forEach(
          (name, value) -> {
            String number = value.n();
            if (number != null) {
              sum.counters.computeIfAbsent(name, _ -> new Counter()).add(number, share.added());
            }
          });
      String at = Attributes.textOrNull(item, "at");
      if (share.added() && at != null && (sum.at == null || isLater(at, sum.at))) {
        sum.at = at;
      }
    }
  }

  /** Most differ in the second already, and are told apart without being read as times. */
  private static boolean isLater(String at, String other) {
    int seconds = at.substring(0, SECONDS).compareTo(other.substring(0, SECONDS));
    return seconds == 0 ? Instant.parse(at).isAfter(Instant.parse(other)) : seconds > 0;
  }

  /** The sum of each of the times. */
  List<Rollup> finish() {
    return parts.stream().map(RollupSums::rollup).toList();
  }

  private static Rollup rollup(Sum sum) {
    Map<String, BigDecimal> counters = new HashMap<>();
    sum.counters.forEach((name, counter) -> counters.put(name, counter.sum()));
    // What is booked while slots are read may be in an hour that is taken out and not yet in its
    // day; no count falls below nothing for that.
    if (counters.getOrDefault("n", BigDecimal.ZERO).signum() <= 0) {
      return Rollup.NONE;
    }
    counters
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().signum() <= 0
                    && !entry.getKey().equals("c")
                    && !entry.getKey().equals("xc")
                    && !entry.getKey().startsWith(RollupItem.TYPE_USD));
    return RollupItem.sum(counters, sum.at);
  }
}
