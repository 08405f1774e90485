package io.openmonetize.storage;

import io.openmonetize.config.Environment;

/**
 * Over how many partitions the usage table spreads what all customers share. A partition takes
 * 1,000 write units a second. Either number may be raised at any time; lowered, it hides what lies
 * in the higher shards.
 *
 * @param feedShards partitions of one day of the all-customer feed, one write unit an event
 * @param rollupShards partitions of the all-customer rollups, two write units an item and
 *     transaction
 */
public record UsageLayout(int feedShards, int rollupShards) {
  public static final UsageLayout DEFAULT = new UsageLayout(4, 4);

  private static final int SHARDS_AT_MOST = 256;

  /** Reads {@code OM_FEED_SHARDS} and {@code OM_ROLLUP_SHARDS}. */
  public static UsageLayout of(Environment environment) {
    return new UsageLayout(
        environment.number("OM_FEED_SHARDS", DEFAULT.feedShards, 1, SHARDS_AT_MOST),
        environment.number("OM_ROLLUP_SHARDS", DEFAULT.rollupShards, 1, SHARDS_AT_MOST));
  }
}
