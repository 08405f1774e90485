package io.openmonetize.storage;

import java.time.Instant;

/**
 * One sum of one hour or day. The shards of a sum come as a row each: whoever reads rows adds them
 * up, as it must for any two rows that it shows as one.
 */
public record RollupRow<D extends RollupDimension>(
    Grain grain, Instant start, D dimension, Rollup sum) {}
