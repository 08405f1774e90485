package io.openmonetize.bench;

import io.openmonetize.bench.load.LoadBench;
import io.openmonetize.bench.micro.Micro;
import io.openmonetize.bench.micro.ReaderBenchmark;
import io.openmonetize.bench.worker.WorkerBench;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code ./om bench PART}: prints what one measurement found, as Markdown. How each is made stands
 * in {@code docs/benchmarks.md}.
 */
public final class Bench {
  private static final int RELAY_ROUNDS = 41;
  private static final int RELAY_WARM_UP = 150;

  private Bench() {}

  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException {
    String part = arguments.length == 0 ? "" : arguments[0];
    if (arguments.length > 1 && !part.equals("load")) {
      part = "";
    }
    switch (part) {
      case "load" -> load(List.of(arguments).subList(1, arguments.length));
      case "readers" -> readers();
      case "reading-share" -> ReadingShare.print();
      case "write-cost" -> WriteCost.print(System.out);
      case "worker" -> WorkerBench.print(System.out);
      case "sdk" -> TrackCost.print(System.out);
      case "micro" -> Micro.print(System.out);
      default -> {
        System.err.println(
            "usage: ./om bench"
                + " load [--rounds N] [--peer URL] | micro | readers | reading-share | worker"
                + " | write-cost | sdk");
        System.exit(1);
      }
    }
    // The AWS SDK keeps threads.
    System.exit(0);
  }

  private static void load(List<String> arguments) throws IOException, InterruptedException {
    System.out.println("## The proxy under load");
    System.out.println();
    int sentAgain =
        LoadBench.print(
            LoadBench.Options.of(arguments, System.getProperty("bench.local-class-path")),
            System.out);
    System.out.println();
    System.out.println(Machine.line(Clock.systemUTC(), System.getProperty("bench.version", "")));
    if (sentAgain > 0) {
      System.err.println(
          "om: the queue got "
              + sentAgain
              + " messages twice: this machine is too busy to measure");
      System.exit(1);
    }
  }

  private static void readers() throws RunnerException, IOException, InterruptedException {
    Map<Shape, Double> copy = new EnumMap<>(Shape.class);
    Map<Shape, Double> read = new EnumMap<>(Shape.class);
    for (RunResult result : inMemory()) {
      Shape shape = Shape.valueOf(result.getParams().getParam("shape"));
      boolean reads = result.getParams().getBenchmark().endsWith("copyAndRead");
      (reads ? read : copy).put(shape, result.getPrimaryResult().getScore());
    }
    System.out.println(
        "| stream | bytes | copy, ns/byte | copy and read, ns/byte | relay, µs of CPU"
            + " | relay and read, µs of CPU | share of reading |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    for (Shape shape : Shape.values()) {
      print(shape, copy.getOrDefault(shape, 0.0), read.getOrDefault(shape, 0.0));
    }
  }

  private static Collection<RunResult> inMemory() throws RunnerException {
    return Jmh.timed(3, 5, TimeValue.seconds(1))
        .run(
            List.of(ReaderBenchmark.class.getSimpleName()),
            Map.of("pieces", Integer.toString(Shape.REPEATED)));
  }

  private static void print(Shape shape, double copyNanos, double readNanos)
      throws IOException, InterruptedException {
    Relay relay = new Relay(shape);
    long[] bare = new long[RELAY_ROUNDS];
    long[] reading = new long[RELAY_ROUNDS];
    for (int round = -RELAY_WARM_UP; round < RELAY_ROUNDS; round++) {
      // Alternately, so that what else the machine does falls on both alike.
      long without = relay.nanos(false);
      long with = relay.nanos(true);
      if (round >= 0) {
        bare[round] = without;
        reading[round] = with;
      }
    }
    double without = median(bare);
    double with = median(reading);
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.3f | %.3f | %.0f | %.0f | %.1f %% |",
            shape,
            relay.bytes(),
            copyNanos / relay.bytes(),
            readNanos / relay.bytes(),
            without / 1000,
            with / 1000,
            100 * (with - without) / with));
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
