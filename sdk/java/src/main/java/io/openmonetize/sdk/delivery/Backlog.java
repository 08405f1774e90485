package io.openmonetize.sdk.delivery;

import java.io.IOException;
import java.util.List;

/** Events of earlier processes, still to be sent. */
public interface Backlog {
  /** Of no events. */
  Backlog NONE =
      new Backlog() {
        @Override
        public List<QueuedEvent> next(int eventsAtMost, int bytesAtMost) {
          return List.of();
        }

        @Override
        public long size() {
          return 0;
        }
      };

  /**
   * The next of them.
   *
   * @param eventsAtMost how many at most
   * @param bytesAtMost of how many bytes together at most
   * @return empty when there are no more
   * @throws IOException when they cannot be read
   */
  List<QueuedEvent> next(int eventsAtMost, int bytesAtMost) throws IOException;

  /**
   * How many there were at the beginning.
   *
   * @return a count
   */
  long size();
}
