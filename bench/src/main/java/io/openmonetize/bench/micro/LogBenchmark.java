package io.openmonetize.bench.micro;

import io.openmonetize.events.UsageEventJson;
import io.openmonetize.logging.Log;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The line from which an event can be booked again, its JSON text already there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit("line")
public class LogBenchmark {
  private final Log log =
      new Log(OutputStream.nullOutputStream(), Log.Level.INFO, Clock.systemUTC());
  private final String event = UsageEventJson.write(Samples.event());

  @Benchmark
  public void record() {
    log.record("usage.record", "usage", new Log.Raw(event));
  }
}
