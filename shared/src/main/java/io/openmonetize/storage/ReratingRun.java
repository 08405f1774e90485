package io.openmonetize.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a re-rating.
 *
 * @param id begins with the time of its start
 * @param finishedAt null while it runs, and for ever where it was killed or gave up
 * @param priceBook the version of the book that gave the prices
 * @param totals nothing while it runs
 */
public record ReratingRun(
    String id,
    Instant startedAt,
    @Nullable Instant finishedAt,
    ReratingScope scope,
    String priceBook,
    ReratingTotals totals) {
  public ReratingRun ended(@Nullable Instant at, ReratingTotals with) {
    return new ReratingRun(id, startedAt, at, scope, priceBook, with);
  }
}
