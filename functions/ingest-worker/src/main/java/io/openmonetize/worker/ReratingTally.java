package io.openmonetize.worker;

import io.openmonetize.events.Provider;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.ReratingTotals;
import io.openmonetize.storage.StoredEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of events. Its size is that of the models. Safe for use by many threads. */
final class ReratingTally implements Corrections.Listener {
  private record Key(@Nullable Provider provider, String model) {}

  private final Map<Key, ReratingTotals> byModel =
      new TreeMap<>(
          Comparator.comparing(Key::provider, Comparator.nullsFirst(Comparator.naturalOrder()))
              .thenComparing(Key::model));
  private long refused;
  private boolean givenUp;

  @Override
  public synchronized void corrected(StoredEvent was, Cost now) {
    count(was, now, 1);
  }

  @Override
  public synchronized void kept(StoredEvent stays) {
    count(stays, stays.cost(), 0);
  }

  @Override
  public void movedOver(StoredEvent stays) {
    kept(stays);
  }

  @Override
  public synchronized void refused(StoredEvent stays, String cause) {
    refused++;
    kept(stays);
  }

  @Override
  public synchronized void givenUp(StoredEvent stays, String cause) {
    givenUp = true;
    kept(stays);
  }

  /** Whether the time is over, or the store takes nothing. */
  synchronized boolean gaveUp() {
    return givenUp;
  }

  synchronized ReratingTotals totals() {
    return byModel.values().stream().reduce(ReratingTotals.NONE, ReratingTotals::plus);
  }

  synchronized ReratingReport report(@Nullable String runId, boolean whole) {
    List<ReratingReport.Row> rows =
        byModel.entrySet().stream()
            .map(e -> new ReratingReport.Row(e.getKey().provider, e.getKey().model, e.getValue()))
            .toList();
    return new ReratingReport(runId, rows, totals(), refused, whole);
  }

  private void count(StoredEvent was, Cost now, long corrected) {
    UsageEvent event = was.event();
    String model = event.model() != null ? event.model() : event.requestedModel();
    byModel.merge(
        new Key(event.provider(), model == null ? "" : model),
        new ReratingTotals(
            1,
            corrected,
            was.cost().pricedUsd(),
            now.pricedUsd(),
            unpriced(was.cost()),
            unpriced(now)),
        ReratingTotals::plus);
  }

  private static long unpriced(Cost cost) {
    return cost.isPriced() ? 0 : 1;
  }
}
