package io.openmonetize.http;

import org.jspecify.annotations.Nullable;

/** Lets another thread end an exchange, whatever it waits for. */
public final class Abort {
  private @Nullable ClientConnection connection;
  private boolean aborted;

  /**
   * Drops the exchange's connection, now or as soon as it has one. While that is under way the
   * exchange cannot give the connection back, where it would become another's.
   */
  public synchronized void abort() {
    aborted = true;
    if (connection != null) {
      connection.drop();
    }
  }

  synchronized boolean aborted() {
    return aborted;
  }

  /** Of the exchange's connection, which is its own until it is released. */
  void attach(ClientConnection used) {
    boolean late;
    synchronized (this) {
      connection = used;
      late = aborted;
    }
    if (late) {
      used.drop();
    }
  }

  synchronized void release() {
    connection = null;
  }
}
