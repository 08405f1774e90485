package io.openmonetize.worker;

import io.openmonetize.pricing.Cost;
import io.openmonetize.storage.StoredEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events that were moved to where events are counted now. Safe for use by many threads. */
final class MoveTally implements Corrections.Listener {
  private final AtomicLong moved = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicBoolean givenUp = new AtomicBoolean();

  @Override
  public void corrected(StoredEvent was, Cost now) {
    throw new IllegalStateException("what is only moved keeps its cost");
  }

  @Override
  public void kept(StoredEvent stays) {}

  @Override
  public void movedOver(StoredEvent stays) {
    moved.incrementAndGet();
  }

  @Override
  public void refused(StoredEvent stays, String cause) {
    refused.incrementAndGet();
  }

  @Override
  public void givenUp(StoredEvent stays, String cause) {
    givenUp.set(true);
  }

  long moved() {
    return moved.get();
  }

  /** Events that the store does not take as they are counted now; they stay where they are. */
  long refused() {
    return refused.get();
  }

  /** Whether the time is over, or the store takes nothing. */
  boolean gaveUp() {
    return givenUp.get();
  }
}
