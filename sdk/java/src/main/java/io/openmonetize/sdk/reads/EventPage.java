package io.openmonetize.sdk.reads;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events. It may have fewer than asked for, even none, although more follow.
 *
 * @param events the newest first
 * @param nextCursor of the page after this; null when none follows
 */
public record EventPage(List<RecordedEvent> events, @Nullable String nextCursor) {
  /** Copies the list. */
  public EventPage {
    events = List.copyOf(events);
  }
}
