package io.openmonetize.pricing;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A model's prices over time.
 *
 * @param from the first instant of each period; {@link Instant#MIN} for prices that held as far
 *     back as is known
 */
record ModelPrices(NavigableMap<Instant, PricePeriod> from) {
  Optional<PricePeriod> at(Instant time) {
    return Optional.ofNullable(from.floorEntry(time)).map(Map.Entry::getValue);
  }
}
