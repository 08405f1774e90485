package io.openmonetize.bench.worker;

import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.storage.Tables;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./om bench worker}: what the worker spends on an event at batches of 100, in front of a
 * store that takes everything at once and of the local one, under the default and the deployed
 * flags. Rounds of all are interleaved, so that what else the machine does falls on all alike; the
 * tables show medians.
 */
public final class WorkerBench {
  static final Tables TABLES = new Tables("control", "usage");

  private static final int ROUNDS = 11;

  /** Until the compilers have nothing more to do. */
  private static final int WARM_UP_BATCHES = 600;

  private static final int BATCHES = 50;
  private static final int BATCHES_OF_LOCAL_STORE = 5;
  private static final int WARM_UP_BATCHES_OF_LOCAL_STORE = 160;

  private WorkerBench() {}

  public static void print(PrintStream out) throws IOException {
    out.printf(
        "JDK %s, %s %s, %d processors%n%n",
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    Process instant = Worker.java(List.of("-XX:+UseSerialGC"), InstantStore.class, Map.of());
    try (DynamoDbServer server = DynamoDbServer.start();
        DynamoDbClient client = server.client()) {
      URI taking = URI.create("http://127.0.0.1:" + InstantStore.port(instant.inputReader()));
      TABLES.create(client);
      ProcessHandle keeper = ProcessHandle.of(server.pid()).orElseThrow();
      Map<Worker.Flags, Worker> alone = new EnumMap<>(Worker.Flags.class);
      Map<Worker.Flags, Worker> storing = new EnumMap<>(Worker.Flags.class);
      try {
        for (Worker.Flags flags : Worker.Flags.values()) {
          alone.put(flags, Worker.start(flags, taking, () -> Duration.ZERO));
          storing.put(flags, Worker.start(flags, server.endpoint(), () -> timeOf(keeper)));
        }
        stages(alone, out);
        out.println();
        rows(alone, "a store that takes all at once", BATCHES, WARM_UP_BATCHES, out);
        rows(
            storing,
            "the local store",
            BATCHES_OF_LOCAL_STORE,
            WARM_UP_BATCHES_OF_LOCAL_STORE,
            out);
      } finally {
        alone.values().forEach(Worker::close);
        storing.values().forEach(Worker::close);
      }
    } finally {
      instant.destroy();
    }
  }

  private static Duration timeOf(ProcessHandle keeper) {
    return keeper
        .descendants()
        .map(part -> part.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static void stages(Map<Worker.Flags, Worker> workers, PrintStream out)
      throws IOException {
    out.println("| one thread, no socket | JVM | CPU, µs an event | allocated, bytes an event |");
    out.println("| --- | --- | --- | --- |");
    for (Map.Entry<Worker.Flags, Worker> each : workers.entrySet()) {
      each.getValue().stages(Mix.ONE_USER, WARM_UP_BATCHES);
    }
    Map<Worker.Flags, List<long[]>> rounds = new EnumMap<>(Worker.Flags.class);
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<Worker.Flags, Worker> each : workers.entrySet()) {
        rounds
            .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
            .add(each.getValue().stages(Mix.ONE_USER, BATCHES));
      }
    }
    rounds.forEach(
        (flags, numbers) -> {
          int stages = Stages.NAMES.size();
          for (int stage = 0; stage < stages; stage++) {
            int nanos = stage;
            out.println(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %,.0f |",
                    Stages.NAMES.get(stage),
                    flags.words(),
                    median(numbers, n -> n[nanos]) / 1e3,
                    median(numbers, n -> n[stages + nanos])));
          }
        });
  }

  private static void rows(
      Map<Worker.Flags, Worker> workers, String store, int batches, int warmUp, PrintStream out)
      throws IOException {
    out.println("In front of " + store + ":");
    out.println();
    out.println(
        "| a batch of 100 of | JVM | worker, µs of CPU an event | store, µs of CPU an event"
            + " | events a second and core of the worker | events a second |");
    out.println("| --- | --- | --- | --- | --- | --- |");
    for (Worker worker : workers.values()) {
      for (Mix mix : Mix.values()) {
        worker.book(mix, warmUp / Mix.values().length);
      }
    }
    for (Mix mix : Mix.values()) {
      Map<Worker.Flags, List<Worked>> rounds = new EnumMap<>(Worker.Flags.class);
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<Worker.Flags, Worker> each : workers.entrySet()) {
          rounds
              .computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
              .add(each.getValue().book(mix, batches));
        }
      }
      rounds.forEach(
          (flags, worked) ->
              out.println(
                  String.format(
                      Locale.ROOT,
                      "| %s | %s | %.1f | %.1f | %,.0f | %,.0f |",
                      mix.words(),
                      flags.words(),
                      median(worked, Worked::cpuMicrosAnEvent),
                      median(worked, Worked::storeMicrosAnEvent),
                      1e6 / median(worked, Worked::cpuMicrosAnEvent),
                      median(worked, Worked::eventsASecond))));
    }
    out.println();
  }

  private static <T> double median(List<T> rounds, ToDoubleFunction<T> number) {
    double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
