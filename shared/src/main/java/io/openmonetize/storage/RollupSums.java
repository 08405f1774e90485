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
  private final List<Sum> parts = new ArrayList<>();

  private static final class Sum {
    private final Map<String, BigDecimal> counters = new HashMap<>();
    private @Nullable String at;
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
            if (value.n() != null) {
              BigDecimal count = new BigDecimal(value.n());
              sum.counters.merge(name, share.added() ? count : count.negate(), BigDecimal::add);
            }
          });
      String at = Attributes.textOrNull(item, "at");
      if (share.added()
          && at != null
          && (sum.at == null || Instant.parse(sum.at).isBefore(Instant.parse(at)))) {
        sum.at = at;
      }
    }
  }

  /** The sum of each of the times. */
  List<Rollup> finish() {
    return parts.stream().map(RollupSums::rollup).toList();
  }

  private static Rollup rollup(Sum sum) {
    // What is booked while slots are read may be in an hour that is taken out and not yet in its
    // day; no count falls below nothing for that.
    if (sum.counters.getOrDefault("n", BigDecimal.ZERO).signum() <= 0) {
      return Rollup.NONE;
    }
    Map<String, AttributeValue> item = new HashMap<>();
    sum.counters.forEach(
        (name, count) -> {
          if (count.signum() > 0 || name.equals("c") || name.equals("xc")) {
            item.put(name, Attributes.number(count));
          }
        });
    Attributes.put(item, "at", sum.at);
    return RollupItem.read(item);
  }
}
