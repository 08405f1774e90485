package io.openmonetize.worker;

import io.openmonetize.events.Provider;
import io.openmonetize.storage.ReratingTotals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a re-rating saw and did.
 *
 * @param runId its place in the list of runs; null where nothing was to be changed
 * @param rows by provider and model
 * @param refused events that keep their cost because the store does not take the right one
 * @param whole whether it came to the end, and not to that of its time
 */
public record ReratingReport(
    @Nullable String runId, List<Row> rows, ReratingTotals totals, long refused, boolean whole) {
  /**
   * The calls to one model.
   *
   * @param provider null where the event named none
   * @param model the answer's, else the one asked for; empty where neither is known
   */
  public record Row(@Nullable Provider provider, String model, ReratingTotals totals) {}

  public ReratingReport {
    rows = List.copyOf(rows);
  }
}
