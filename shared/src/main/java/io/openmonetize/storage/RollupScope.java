package io.openmonetize.storage;

import io.openmonetize.events.Provider;
import org.jspecify.annotations.Nullable;

/** Whose events a rollup item counts. */
public sealed interface RollupScope {
  /** Everybody's: spread over shards, since every transaction writes here. */
  record All() implements RollupScope {}

  record OfCustomer(String customerId) implements RollupScope {}

  record OfUser(String customerId, String userId) implements RollupScope {}

  /** One feature of everybody: by customer and day only, spread as those customers' sums are. */
  record OfFeature(String featureId) implements RollupScope {}

  /** One model of everybody: by customer and day only, spread as those customers' sums are. */
  record OfModel(@Nullable Provider provider, @Nullable String model) implements RollupScope {}
}
