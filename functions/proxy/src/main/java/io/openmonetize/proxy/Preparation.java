package io.openmonetize.proxy;

import io.openmonetize.events.Provider;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a start does ahead of the first call, all at once: asks the key table and the queue, which
 * opens their connections, opens one to each provider, and rehearses. Whatever fails here is left
 * to the first call, which will say so.
 */
final class Preparation {
  /** A neighbour that takes longer is not waited for; its connection is kept when it comes. */
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private final Map<String, BooleanSupplier> parts;
  private final Set<Provider> providers;
  private final ConnectAhead upstream;
  private final Runnable rehearsal;
  private final Clock clock;
  private final Log log;

  /** Opens a connection and keeps it for the next call. */
  @FunctionalInterface
  interface ConnectAhead {
    void connect(Provider provider, Instant by) throws IOException;
  }

  /**
   * @param parts by name, each of which says whether it answers
   */
  Preparation(
      Map<String, BooleanSupplier> parts,
      Set<Provider> providers,
      ConnectAhead upstream,
      Runnable rehearsal,
      Clock clock,
      Log log) {
    this.parts = parts;
    this.providers = providers;
    this.upstream = upstream;
    this.rehearsal = rehearsal;
    this.clock = clock;
    this.log = log;
  }

  void run() {
    Instant end = clock.instant().plus(WITHIN);
    List<Thread> asked = new ArrayList<>();
    parts.forEach((name, answers) -> asked.add(start(name, () -> ask(name, answers))));
    for (Provider provider : providers) {
      asked.add(start(provider.name(), () -> upstream.connect(provider, end)));
    }
    try {
      rehearsal.run();
    } catch (RuntimeException e) {
      log.debug("preparation.failed", "part", "rehearsal", "cause", e);
    }
    for (Thread thread : asked) {
      if (!await(thread, end)) {
        return;
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private Thread start(String name, Step step) {
    return Thread.ofVirtual()
        .name("prepare-" + name)
        .start(
            () -> {
              try {
                step.run();
              } catch (IOException | RuntimeException e) {
                log.debug("preparation.failed", "part", name, "cause", e);
              }
            });
  }

  private void ask(String name, BooleanSupplier answers) {
    if (!answers.getAsBoolean()) {
      log.debug("preparation.failed", "part", name);
    }
  }

  /** False when this thread is to stop waiting for any. */
  private boolean await(Thread thread, Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    try {
      return left.isPositive() && thread.join(left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
