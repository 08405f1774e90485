package io.openmonetize.sdk.delivery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Time as the sending thread feels it. */
public interface Pacer {
  /** The machine's. */
  Pacer SYSTEM =
      new Pacer() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
          // Why it ended does not matter: the caller looks at the clock.
          long remaining = condition.awaitNanos(nanos);
          assert remaining <= nanos;
        }
      };

  /**
   * A clock that only goes forward.
   *
   * @return nanoseconds since some moment
   */
  long nanoTime();

  /**
   * Waits, with the condition's lock held, until it is signalled or the time is over, or less.
   *
   * @param condition to be signalled
   * @param nanos how long at most
   * @throws InterruptedException when the thread was interrupted
   */
  void await(Condition condition, long nanos) throws InterruptedException;

  /** A length for {@link #await} that is not meant to end. */
  long FOREVER = TimeUnit.DAYS.toNanos(365);
}
