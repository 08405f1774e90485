package io.openmonetize.storage;

/** Whose events a rollup item counts. */
public sealed interface RollupScope {
  /** Everybody's: spread over shards, since every transaction writes here. */
  record All() implements RollupScope {}

  record OfCustomer(String customerId) implements RollupScope {}

  record OfUser(String customerId, String userId) implements RollupScope {}
}
