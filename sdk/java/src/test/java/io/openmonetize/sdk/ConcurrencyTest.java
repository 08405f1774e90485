package io.openmonetize.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.sdk.FaultyIngestion.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads that track and flush one client at once. */
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 20;
  private static final int EVENTS = 25;

  @Test
  void flush_byManyThreads_eachWaitsForItsOwnAndAllArriveOnce() throws Exception {
    try (Fixture fixture = new Fixture(b -> b.maxBatchSize(60).maxRetries(100));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < 10; i++) {
        fixture.server.thenPage(502).then(new Fault.KillAfterAccepting());
        fixture.server.thenError(429, "retry-after: 1\r\n", "TOO_MANY_REQUESTS");
      }
      List<Future<Long>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String name = "t" + thread + "-";
        running.add(threads.submit(() -> trackAndFlush(fixture, name)));
      }
      long told = 0;
      for (Future<Long> each : running) {
        told += each.get();
      }
      int all = THREADS * ROUNDS * EVENTS;
      assertThat(fixture.client.stats()).isEqualTo(new Stats(all, all, 0, 0, 0, 0));
      assertThat(fixture.server.acceptedTexts("feature_id")).hasSize(all).doesNotHaveDuplicates();
      assertThat(fixture.server.violations()).isEmpty();
      // Each event is told to every flush that waited for it, or else to the next one.
      assertThat(told + fixture.client.flush().accepted()).isGreaterThanOrEqualTo(all);
    }
  }

  private static long trackAndFlush(Fixture fixture, String name) {
    long told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int first = round * EVENTS;
      List<String> own = IntStream.range(first, first + EVENTS).mapToObj(i -> name + i).toList();
      own.forEach(feature -> fixture.client.trackCustomEvent(Fixture.event(feature)));
      FlushReport report = fixture.client.flush();
      Set<String> there = new HashSet<>(fixture.server.acceptedTexts("feature_id"));
      assertThat(there).containsAll(own);
      assertThat(report.pending()).isZero();
      told += report.accepted();
    }
    return told;
  }
}
