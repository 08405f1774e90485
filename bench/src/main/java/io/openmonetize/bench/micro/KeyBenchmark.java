package io.openmonetize.bench.micro;

import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.KeyVerdict;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.keys.Scope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;

/** A key that was seen a moment ago. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit("call")
public class KeyBenchmark {
  private static final Instant NOW = Instant.parse("2026-06-30T10:15:30Z");

  /** A key of no use anywhere. */
  private final KeyText key = KeyText.random("live", new SecureRandom());

  private final ApiKey known =
      new ApiKey(
          "key_1",
          "bench",
          key.prefix(),
          "live",
          Set.of(Scope.PROXY),
          null,
          NOW,
          "bench",
          null,
          null);
  private final KeyVerifier verifier =
      new KeyVerifier("live", _ -> Optional.of(known), Clock.fixed(NOW, ZoneOffset.UTC));
  private final String presented = key.reveal();

  @Benchmark
  public KeyVerdict check() {
    return verifier.verify(presented, Scope.PROXY, "acme");
  }
}
