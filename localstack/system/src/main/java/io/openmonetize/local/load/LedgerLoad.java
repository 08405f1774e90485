package io.openmonetize.local.load;

import io.openmonetize.storage.EventItem;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFold;
import io.openmonetize.storage.RollupItem;
import io.openmonetize.storage.RollupKey;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.UsageLayout;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events and their sums without a transaction: the very items that the worker leaves, in a
 * fraction of its time. The sums are added up here and written once each, as if nothing were there
 * before: so the table must be empty, and nothing else may book into it meanwhile.
 */
public final class LedgerLoad {
  private final ItemSink items;
  private final UsageLayout layout;
  private final Map<RollupKey, Rollup> growing = new HashMap<>();
  private long events;
  private long sums;

  public LedgerLoad(ItemSink items, UsageLayout layout) {
    this.items = items;
    this.layout = layout;
  }

  /** Told after each day what is given to the sink so far. */
  @FunctionalInterface
  public interface Progress {
    void wrote(long events, long sums);
  }

  public void run(MadeUpUsage usage, Progress progress) {
    for (LocalDate day : usage.days()) {
      usage.sessions(day, this::add);
      writeSums(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      progress.wrote(events, sums);
    }
    end();
  }

  /** Sessions of any day. */
  public void run(List<Session> sessions) {
    sessions.forEach(this::add);
    end();
  }

  private void add(Session session) {
    for (StoredEvent stored : session.events()) {
      items.put(EventItem.write(stored, layout, session.rollupShard()));
      events++;
    }
    RollupFold.fold(session.events(), session.rollupShard())
        .forEach((key, sum) -> growing.merge(key, sum, Rollup::plus));
  }

  private void end() {
    writeSums(Instant.MAX);
    items.flush();
  }

  /** Those that end by then: no event comes to them any more, since days follow one another. */
  private void writeSums(Instant until) {
    growing
        .entrySet()
        .removeIf(
            entry -> {
              RollupKey key = entry.getKey();
              boolean whole = !key.start().plus(key.grain().length()).isAfter(until);
              if (whole) {
                items.put(RollupItem.write(key, entry.getValue()));
                sums++;
              }
              return whole;
            });
  }
}
