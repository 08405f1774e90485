package io.openmonetize.storage;

/**
 * Neighbouring slots of one bucket: what one Query can read.
 *
 * @param last inclusive
 */
record RollupSpan(Grain grain, String bucket, String first, String last) {}
