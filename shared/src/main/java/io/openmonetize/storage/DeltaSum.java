package io.openmonetize.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what many changes add to one sum. */
final class DeltaSum {
  private final Map<String, BigDecimal> counters = new HashMap<>();
  private @Nullable Instant at;

  void add(RollupDelta delta) {
    delta.counters().forEach((name, count) -> counters.merge(name, count, BigDecimal::add));
    if (delta.at() != null && (at == null || at.isBefore(delta.at()))) {
      at = delta.at();
    }
  }

  RollupDelta sum() {
    return new RollupDelta(counters, at);
  }
}
