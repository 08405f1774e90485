package io.openmonetize.local;

import io.openmonetize.sdk.delivery.Pacer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;

/** The SDK's pauses take no time: each is written down, and whoever wants to know is told. */
final class Pauses implements Pacer {
  private static final long A_MOMENT = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> all = new CopyOnWriteArrayList<>();
  private volatile Consumer<Duration> listener = passed -> {};

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void await(Condition condition, long length) throws InterruptedException {
    if (length >= Pacer.FOREVER) {
      // Why it ended does not matter: the caller looks again.
      long remaining = condition.awaitNanos(A_MOMENT);
      assert remaining <= A_MOMENT;
      return;
    }
    all.add(Duration.ofNanos(length));
    listener.accept(Duration.ofNanos(nanos.addAndGet(length)));
  }

  List<Duration> all() {
    return List.copyOf(all);
  }

  /** Told after each pause, on the sending thread, how long all of them were together. */
  void listen(Consumer<Duration> to) {
    listener = to;
  }
}
