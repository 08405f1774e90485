package io.openmonetize.local.load;

import io.openmonetize.storage.StoredEvent;
import java.util.List;

/**
 * What one user did in a row, within one UTC day.
 *
 * @param rollupShard of the all-customer sums that count these events
 */
public record Session(int rollupShard, List<StoredEvent> events) {
  public Session {
    events = List.copyOf(events);
  }
}
