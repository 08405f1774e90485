package io.openmonetize.bench.micro;

import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageEventJson;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event as JSON text, as the proxy writes it and the worker reads it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Unit("event")
public class EventBenchmark {
  private final UsageEvent event = Samples.event();
  private final String text = UsageEventJson.write(event);

  @Benchmark
  public String write() {
    return UsageEventJson.write(event);
  }

  @Benchmark
  public UsageEvent read() throws MalformedEventException {
    return UsageEventJson.read(text);
  }
}
