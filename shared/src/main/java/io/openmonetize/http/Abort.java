package io.openmonetize.http;

import org.jspecify.annotations.Nullable;

/** Lets another thread end an exchange, whatever it waits for. */
public final class Abort {
  private @Nullable ClientConnection connection;
  private boolean aborted;

  /** Drops the exchange's connection, now or as soon as it has one. */
  public void abort() {
    ClientConnection dropped;
    synchronized (this) {
      aborted = true;
      dropped = connection;
    }
    if (dropped != null) {
      dropped.drop();
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
