package io.openmonetize.pricing;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A model's prices over time.
 *
 * @param name the first of its names in the price file: what tells it from a model whose prices
 *     happen to be the same
 * @param from the first instant of each period; {@link Instant#MIN} for prices that held as far
 *     back as is known
 */
record ModelPrices(String name, NavigableMap<Instant, PricePeriod> from) {
  Optional<PricePeriod> at(Instant time) {
    return Optional.ofNullable(from.floorEntry(time)).map(Map.Entry::getValue);
  }
}
