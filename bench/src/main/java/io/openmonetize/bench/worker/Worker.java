package io.openmonetize.bench.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A {@link WorkerProcess} under some flags, beside one store. */
final class Worker implements AutoCloseable {
  /** Under which flags functions run. */
  enum Flags {
    DEFAULT("default", List.of()),
    DEPLOYED("deployed: Serial GC, C1", List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

    private final String words;
    private final List<String> options;

    Flags(String words, List<String> options) {
      this.words = words;
      this.options = options;
    }

    String words() {
      return words;
    }
  }

  private final Process process;
  private final BufferedReader said;
  private final Supplier<Duration> storeTime;

  private Worker(Process process, Supplier<Duration> storeTime) {
    this.process = process;
    this.said = process.inputReader();
    this.storeTime = storeTime;
  }

  /**
   * @param storeTime processor time of the store's process so far
   */
  static Worker start(Flags flags, URI store, Supplier<Duration> storeTime) throws IOException {
    return new Worker(
        java(
            flags.options,
            WorkerProcess.class,
            Map.of(
                "OM_USAGE_TABLE", WorkerBench.TABLES.usage(),
                "OM_USAGE_QUEUE_URL", store + "/000000000000/usage",
                "OM_DYNAMODB_ENDPOINT", store.toString(),
                "OM_SQS_ENDPOINT", store.toString())),
        storeTime);
  }

  /** A JVM of this class path, whose errors are ours. */
  static Process java(List<String> options, Class<?> main, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return builder.start();
  }

  Worked book(Mix mix, int batches) throws IOException {
    Duration before = storeTime.get();
    long[] numbers = order("book " + mix.name() + " " + batches);
    return new Worked(
        (long) batches * MadeUpBatches.EVENTS,
        numbers[1],
        numbers[0],
        storeTime.get().minus(before).toNanos());
  }

  /** As {@link Stages#measure} tells it. */
  long[] stages(Mix mix, int batches) throws IOException {
    return order("stages " + mix.name() + " " + batches);
  }

  private long[] order(String line) throws IOException {
    process.outputWriter().write(line + "\n");
    process.outputWriter().flush();
    String answer = said.readLine();
    if (answer == null) {
      throw new IOException("the worker ended");
    }
    return Stream.of(answer.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
