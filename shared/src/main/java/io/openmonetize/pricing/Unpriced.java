package io.openmonetize.pricing;

import io.openmonetize.events.Provider;

/**
 * What a provider sells without a price that a call alone could tell, such as a unit whose first
 * thousand are free.
 *
 * @param kind {@code unit}, or a {@link Term}'s name in price files
 */
record Unpriced(Provider provider, String kind, String name) {
  static final String UNIT = "unit";
}
