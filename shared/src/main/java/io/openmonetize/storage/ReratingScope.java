package io.openmonetize.storage;

import io.openmonetize.pricing.Cost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events a re-rating looks at.
 *
 * @param from of events that happened at this time or later
 * @param to and before this time; both in years of four digits
 * @param customerId null for all
 * @param onlyUnpriced leaves alone whatever has a price
 */
public record ReratingScope(
    Instant from, Instant to, @Nullable String customerId, boolean onlyUnpriced) {
  public ReratingScope {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a re-rating must end after it begins");
    }
  }

  public boolean covers(StoredEvent stored) {
    Instant time = stored.event().timestamp();
    return !time.isBefore(from)
        && time.isBefore(to)
        && (customerId == null || customerId.equals(stored.event().attribution().customerId()))
        && (!onlyUnpriced || stored.cost() instanceof Cost.Unpriced);
  }
}
