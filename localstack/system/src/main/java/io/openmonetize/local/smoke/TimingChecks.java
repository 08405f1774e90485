package io.openmonetize.local.smoke;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How long calls take that the proxy answers itself: the way there, the front door, our start. */
final class TimingChecks {
  /** More at once than an idle deployment has environments, so that some must start. */
  private static final int BURST = 10;

  private final ProxyCalls calls;
  private final int warmCalls;

  TimingChecks(ProxyCalls calls, int warmCalls) {
    this.calls = calls;
    this.warmCalls = warmCalls;
  }

  List<Check> all() {
    return List.of(
        new Check("first call (cold, if the deployment was idle)", this::first),
        new Check(BURST + " calls at once (some of them cold)", this::burst),
        new Check("calls one after the other (warm)", this::warm));
  }

  private Outcome first() throws IOException, InterruptedException {
    return new Outcome.Measured(call() + " ms");
  }

  private Outcome burst() throws IOException, InterruptedException {
    List<Long> millis = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < BURST; i++) {
        running.add(threads.submit(this::call));
      }
      for (Future<Long> call : running) {
        millis.add(call.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return new Outcome.Measured(spread(millis));
  }

  private Outcome warm() throws IOException, InterruptedException {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < warmCalls; i++) {
      millis.add(call());
    }
    return new Outcome.Measured(spread(millis));
  }

  private long call() throws IOException, InterruptedException {
    long began = System.nanoTime();
    int status = calls.send("GET", "/health").statusCode();
    if (status != 200) {
      throw new IOException("GET /health answers " + status);
    }
    return Arrivals.since(began);
  }

  private static String spread(List<Long> millis) {
    Collections.sort(millis);
    return "least %d, median %d, most %d ms"
        .formatted(millis.getFirst(), millis.get(millis.size() / 2), millis.getLast());
  }
}
