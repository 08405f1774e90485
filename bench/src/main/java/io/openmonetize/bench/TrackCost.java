package io.openmonetize.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** What a tracked call of the SDK for Java costs the thread that makes it. */
final class TrackCost {
  private TrackCost() {}

  static void print(PrintStream out) throws RunnerException {
    out.println("| an event goes to | mean, µs | median, µs | 99 %, µs | 99.9 %, µs | calls |");
    out.println("| --- | --- | --- | --- | --- | --- |");
    for (RunResult result :
        Jmh.timed(3, 5, TimeValue.seconds(2))
            .run(List.of(TrackBenchmark.class.getSimpleName()), Map.of())) {
      Statistics nanos = result.getPrimaryResult().getStatistics();
      out.println(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %.1f | %.1f | %,d |",
              TrackBenchmark.To.valueOf(result.getParams().getParam("to")),
              nanos.getMean() / 1000,
              nanos.getPercentile(50) / 1000,
              nanos.getPercentile(99) / 1000,
              nanos.getPercentile(99.9) / 1000,
              nanos.getN()));
    }
  }
}
