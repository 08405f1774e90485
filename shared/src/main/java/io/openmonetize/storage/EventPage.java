package io.openmonetize.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some events, newest first.
 *
 * @param events may be fewer than asked for, even none, although more follow: a page reads a
 *     bounded number of items and then says how far it came
 * @param nextCursor where the next page begins; null at the end
 */
public record EventPage(List<StoredEvent> events, @Nullable String nextCursor) {
  public EventPage {
    events = List.copyOf(events);
  }
}
