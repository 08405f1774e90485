package io.openmonetize.bench;

import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.OpenMonetizeBuilder;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.Stats;
import io.openmonetize.sdk.TokenUsage;
import io.openmonetize.sdk.transport.HttpCall;
import io.openmonetize.sdk.transport.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A tracked call of the SDK, while its thread sends to a server that takes all at once: what is
 * measured is the application's thread, with all that the other does to it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TrackBenchmark {
  /** Where an event goes. */
  public enum To {
    QUEUE("queue"),
    QUEUE_AND_SPOOL("queue and spool"),
    FULL_QUEUE("dropped, as the queue is full");

    private final String label;

    To(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  private static final byte[] TAKEN = "{\"accepted\":1}".getBytes(StandardCharsets.US_ASCII);

  @Param public To to = To.QUEUE;

  private final TokenUsage usage =
      TokenUsage.builder()
          .who(Attribution.of("acme", "ann", "chat").withMetadata(Map.of("plan", "pro")))
          .provider(Provider.ANTHROPIC)
          .model("claude-sonnet-4-5")
          .inputTokens(1200)
          .outputTokens(350)
          .build();

  private @Nullable OpenMonetize client;
  private @Nullable Path folder;

  @Setup
  public void setUp() throws IOException {
    OpenMonetizeBuilder settings =
        OpenMonetize.builder()
            .apiKey("om_dev_bench")
            .maxBatchSize(1000)
            .maxQueueSize(to == To.FULL_QUEUE ? 1 : 1_000_000)
            .flushInterval(Duration.ofMillis(to == To.FULL_QUEUE ? 0 : 500))
            .transport(TrackBenchmark::take);
    if (to == To.QUEUE_AND_SPOOL) {
      folder = Files.createTempDirectory("om-bench");
      settings.spoolDirectory(folder);
    }
    client = settings.build();
  }

  private static HttpReply take(HttpCall call) {
    return new HttpReply(202, null, TAKEN);
  }

  @Benchmark
  public void trackTokenUsage() {
    if (client != null) {
      client.trackTokenUsage(usage);
    }
  }

  /** A number of calls that were dropped would be one of another path. */
  @TearDown
  public void tearDown() throws IOException {
    if (client == null) {
      return;
    }
    client.close();
    Stats stats = client.stats();
    if (to != To.FULL_QUEUE && stats.dropped() > 0) {
      throw new IllegalStateException("Events were dropped: " + stats);
    }
    if (folder != null) {
      Files.delete(folder);
    }
  }
}
