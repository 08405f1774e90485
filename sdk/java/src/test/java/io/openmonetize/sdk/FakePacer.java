package io.openmonetize.sdk;

import io.openmonetize.sdk.delivery.Pacer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;

/** Time that passes at once when the sending thread waits for it, and is written down. */
final class FakePacer extends Clock implements Pacer {
  static final Instant START = Instant.parse("2026-07-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile Consumer<Duration> onPause = pause -> {};

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void await(Condition condition, long length) throws InterruptedException {
    if (length >= Pacer.FOREVER) {
      assert condition.awaitNanos(TimeUnit.SECONDS.toNanos(1)) < length;
      return;
    }
    Duration pause = Duration.ofNanos(length);
    pauses.add(pause);
    nanos.addAndGet(length);
    onPause.accept(pause);
  }

  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /** Called on the sending thread. */
  void onPause(Consumer<Duration> listener) {
    onPause = listener;
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
