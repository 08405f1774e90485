package io.openmonetize.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a scenario: begins the next call whenever one is over. All on the loop's thread. */
abstract class ClosedLoop {
  final Scenario scenario;
  final Samples samples = new Samples();

  private final Loop loop;
  private final CompletableFuture<Samples> result = new CompletableFuture<>();
  private int limit;
  private int begun;
  private int over;
  private boolean stopped;

  ClosedLoop(Loop loop, Scenario scenario) {
    this.loop = loop;
    this.scenario = scenario;
  }

  /** Gets ready; no call may begin yet. */
  abstract void open();

  /** Begins calls, as many as {@link #mayBegin} allows and others are ready to take. */
  abstract void fill();

  /** No more calls are to be begun. */
  abstract void shut();

  /**
   * @throws IllegalStateException when a call failed, or not all were over in time
   */
  final Samples run(Duration within) throws InterruptedException {
    loop.call(
        () -> {
          loop.onFault(result::completeExceptionally);
          open();
          samples.beganNanos = System.nanoTime();
          raiseLimit(samples.beganNanos);
          return true;
        });
    try {
      return result.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "%s: %d of %d calls were whole, then %s"
              .formatted(
                  scenario.script().model(), over, scenario.calls(), e.getCause().getMessage()),
          e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "%s: %d calls were begun and %d over, of %d, within %s"
              .formatted(scenario.script().model(), begun, over, scenario.calls(), within),
          e);
    } finally {
      loop.call(
          () -> {
            stopped = true;
            shut();
            return true;
          });
    }
  }

  /** Counts the call, where it is allowed. */
  final boolean mayBegin() {
    if (stopped || begun == scenario.calls() || begun - over >= limit) {
      return false;
    }
    begun++;
    return true;
  }

  /** A call is over, with all that came behind its answer. */
  final void over(long now) {
    over++;
    if (over == scenario.calls()) {
      samples.endedNanos = now;
      result.complete(samples);
    } else {
      fill();
    }
  }

  private void raiseLimit(long now) {
    long gap = scenario.gap().toNanos();
    if (gap == 0) {
      limit = scenario.concurrency();
    } else {
      limit++;
      if (limit < scenario.concurrency()) {
        loop.at(new Raise(now + gap));
      }
    }
    fill();
  }

  private final class Raise implements Loop.Timed {
    private final long due;

    Raise(long due) {
      this.due = due;
    }

    @Override
    public long due() {
      return due;
    }

    @Override
    public void run(long now) {
      raiseLimit(due);
    }
  }
}
