package io.openmonetize.local;

import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.worker.RepricingFunction;
import java.time.Clock;
import java.time.Duration;

/**
 * Gives unpriced events the price that came with this start, if any, beside everything else. On AWS
 * a schedule does it.
 */
final class BackgroundRepricing implements AutoCloseable {
  /** For one transaction and its repetitions, not for all of them. */
  private static final Duration PLENTY = Duration.ofSeconds(30);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final Thread thread;
  private volatile boolean closing;

  private BackgroundRepricing(Environment environment, Clock clock, Log log) {
    this.thread =
        Thread.ofVirtual().name("repricing").unstarted(() -> run(environment, clock, log));
  }

  static BackgroundRepricing start(Environment environment, Clock clock, Log log) {
    BackgroundRepricing repricing = new BackgroundRepricing(environment, clock, log);
    repricing.thread.start();
    return repricing;
  }

  private void run(Environment environment, Clock clock, Log log) {
    try {
      new RepricingFunction(environment, clock, log).run(() -> closing ? Duration.ZERO : PLENTY);
    } catch (RuntimeException e) {
      // The next start tries again; nothing else depends on it.
      log.error("repricing.failed", "cause", e);
    }
  }

  /** Ends with the transaction in hand; the next start goes on. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(ENDS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
