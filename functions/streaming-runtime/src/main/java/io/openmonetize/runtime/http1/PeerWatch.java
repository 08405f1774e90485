package io.openmonetize.runtime.http1;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits in a thread of its own for the next byte of a connection while its exchange runs: the only
 * way to learn from a blocking socket that the peer has gone. A byte that comes after all stays in
 * the reader, as the first of the next request.
 */
final class PeerWatch {
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final Thread thread;

  private PeerWatch(HttpReader reader, Runnable action) {
    this.thread =
        Thread.ofVirtual()
            .name("peer-watch")
            .unstarted(
                () -> {
                  if (closes(reader) && running.compareAndSet(true, false)) {
                    action.run();
                  }
                });
  }

  static PeerWatch start(HttpReader reader, Runnable action) {
    PeerWatch watch = new PeerWatch(reader, action);
    watch.thread.start();
    return watch;
  }

  /** The action no longer runs. The wait goes on, since a blocked read cannot be taken back. */
  void stop() {
    running.set(false);
  }

  /**
   * Hands the reader back, or returns false if there was neither a byte nor an end in this time.
   */
  boolean join(Duration timeout) throws InterruptedException {
    return thread.join(timeout);
  }

  private static boolean closes(HttpReader reader) {
    try {
      return !reader.awaitByte();
    } catch (IOException reset) {
      return true;
    }
  }
}
