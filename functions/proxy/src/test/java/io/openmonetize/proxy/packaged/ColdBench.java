package io.openmonetize.proxy.packaged;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import io.openmonetize.packaging.PackageFolder;
import io.openmonetize.packaging.PackagedFunction;
import io.openmonetize.packaging.Surroundings;
import io.openmonetize.packaging.UnpackedZip;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./om bench cold}: starts of the zip that the build has made, as it is and without what
 * makes it fast, by turns; the first event at a part of a processor; memory. Writes {@code
 * target/cold.md}.
 */
final class ColdBench {
  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = Integer.getInteger("cold.rounds", 15);
  private static final String[] PINNED = {"taskset", "-c", "0"};
  private static final int STREAMS = Integer.getInteger("cold.streams", 10_000);

  /** Of one processor, at 512 MB of memory. */
  private static final int SHARE_PERCENT = 29;

  private enum Variant {
    PLAIN("without the cache"),
    UNPREPARED("with the cache, not prepared"),
    DEPLOYED("as deployed");

    private final String title;

    Variant(String title) {
      this.title = title;
    }
  }

  /** In nanoseconds. */
  private record Start(long ready, long firstByte, long enqueued, long cpu) {
    long cold() {
      return ready + firstByte;
    }
  }

  @TempDir private Path folder;

  private record Memory(ResidentMemory first, ResidentMemory last) {}

  @Test
  void measure() throws Exception {
    Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);
    Map<Variant, List<Long>> shared = new EnumMap<>(Variant.class);
    Memory memory;
    try (Surroundings surroundings = Surroundings.start(folder, new ProxyTraining())) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        for (Variant variant : Variant.values()) {
          Start start = start(surroundings, variant);
          OptionalLong first = firstEventAtAShare(surroundings, variant);
          if (round >= 0) {
            starts.computeIfAbsent(variant, v -> new ArrayList<>()).add(start);
            first.ifPresent(f -> shared.computeIfAbsent(variant, v -> new ArrayList<>()).add(f));
          }
        }
      }
      memory = memory(surroundings);
    }
    try (PrintStream out = new PrintStream("target/cold.md", StandardCharsets.UTF_8)) {
      print(out, starts);
      printShared(out, shared);
      printMemory(out, memory);
    }
  }

  private PackageFolder packageFor(Variant variant) throws IOException {
    Path path = folder.resolve(variant.name());
    if (Files.exists(path)) {
      return new PackageFolder(path);
    }
    PackageFolder unpacked = UnpackedZip.unpack(Path.of("target", "proxy.zip"), path);
    if (variant == Variant.PLAIN) {
      Files.delete(unpacked.cache());
    }
    return unpacked;
  }

  private PackagedFunction proxy(
      Surroundings surroundings, Variant variant, RuntimeApiStandIn platform, String... prefix)
      throws Exception {
    PackageFolder task = packageFor(variant);
    surroundings.writeTrusted(task.javaRuntime(), folder);
    Map<String, String> variables = surroundings.variables(platform.authority(), folder);
    if (variant == Variant.UNPREPARED) {
      variables.remove("AWS_LAMBDA_INITIALIZATION_TYPE");
    }
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(task.bootstrap().toString());
    Path output = folder.resolve("output-" + ThreadLocalRandom.current().nextLong());
    return PackagedFunction.start(command, variables, platform, output);
  }

  private Start start(Surroundings surroundings, Variant variant) throws Exception {
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start();
        PackagedFunction proxy = proxy(surroundings, variant, platform, PINNED)) {
      long ready = proxy.awaitStart() - proxy.began();
      Answer answer = proxy.invoke(ProxyTraining.event(surroundings, Call.OPENAI_STREAM));
      Call.OPENAI_STREAM.requireAnswered(answer);
      return new Start(
          ready,
          answer.firstByte() - answer.delivered(),
          ready + answer.settled() - answer.delivered(),
          proxy.cpu().toNanos());
    }
  }

  /**
   * From the event to the first byte, in nanoseconds, where the start had the whole processor, and
   * from the event on there is a part of it. Empty where this machine does not let us do so.
   */
  private OptionalLong firstEventAtAShare(Surroundings surroundings, Variant variant)
      throws Exception {
    Optional<CpuShare> part = CpuShare.make(SHARE_PERCENT);
    if (part.isEmpty()) {
      return OptionalLong.empty();
    }
    try (CpuShare share = part.get();
        RuntimeApiStandIn platform = RuntimeApiStandIn.start();
        PackagedFunction proxy = proxy(surroundings, variant, platform, PINNED)) {
      proxy.awaitStart();
      share.take(proxy.pid());
      Answer answer = proxy.invoke(ProxyTraining.event(surroundings, Call.OPENAI_STREAM));
      Call.OPENAI_STREAM.requireAnswered(answer);
      return OptionalLong.of(answer.firstByte() - answer.delivered());
    }
  }

  private Memory memory(Surroundings surroundings) throws Exception {
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start();
        PackagedFunction proxy = proxy(surroundings, Variant.DEPLOYED, platform)) {
      proxy.awaitStart();
      byte[] event = ProxyTraining.event(surroundings, Call.OPENAI_STREAM);
      Call.OPENAI_STREAM.requireAnswered(proxy.invoke(event));
      ResidentMemory first = ResidentMemory.of(proxy.pid());
      for (int i = 1; i < STREAMS; i++) {
        Call.OPENAI_STREAM.requireAnswered(proxy.invoke(event));
      }
      return new Memory(first, ResidentMemory.of(proxy.pid()));
    }
  }

  private static void print(PrintStream out, Map<Variant, List<Start>> starts) {
    out.println(
        "| proxy | start to `/next` | event to first byte | cold: both [p10..p90]"
            + " | start to enqueued | CPU |");
    out.println("| --- | --- | --- | --- | --- | --- |");
    starts.forEach(
        (variant, all) ->
            out.printf(
                Locale.ROOT,
                "| %s | %d | %d | **%d** [%d..%d] | %d | %d |%n",
                variant.title,
                millis(all, Start::ready, 50),
                millis(all, Start::firstByte, 50),
                millis(all, Start::cold, 50),
                millis(all, Start::cold, 10),
                millis(all, Start::cold, 90),
                millis(all, Start::enqueued, 50),
                millis(all, Start::cpu, 50)));
    out.printf(
        Locale.ROOT,
        "%nWithout the cache a start takes %.1f times as long to the first byte, %.1f times to the"
            + " message in the queue, and %.1f times the processor (medians of %d starts).%n",
        ratio(starts, Start::cold),
        ratio(starts, Start::enqueued),
        ratio(starts, Start::cpu),
        ROUNDS);
  }

  private static void printShared(PrintStream out, Map<Variant, List<Long>> shared) {
    if (shared.isEmpty()) {
      out.println(
          "\nThe first event at a part of a processor was not measured: this process may not make"
              + " a control group.");
      return;
    }
    out.printf(
        "%n| first event at %d %% of a processor (512 MB) | event to first byte, ms [p10..p90] |%n",
        SHARE_PERCENT);
    out.println("| --- | --- |");
    shared.forEach(
        (variant, all) ->
            out.printf(
                Locale.ROOT,
                "| %s | **%.1f** [%.1f..%.1f] |%n",
                variant.title,
                percentile(all, Long::longValue, 50) / 1e6,
                percentile(all, Long::longValue, 10) / 1e6,
                percentile(all, Long::longValue, 90) / 1e6));
  }

  private static void printMemory(PrintStream out, Memory memory) {
    out.println("\n| memory, as deployed | resident, MB | at most until then, MB |");
    out.println("| --- | --- | --- |");
    String row = "| after %,d streams | %d | %d |%n";
    out.printf(Locale.ROOT, row, 1, memory.first.now() >> 10, memory.first.peak() >> 10);
    out.printf(Locale.ROOT, row, STREAMS, memory.last.now() >> 10, memory.last.peak() >> 10);
  }

  private static double ratio(Map<Variant, List<Start>> starts, ToLongFunction<Start> figure) {
    return (double) percentile(starts.get(Variant.PLAIN), figure, 50)
        / percentile(starts.get(Variant.DEPLOYED), figure, 50);
  }

  private static <T> long millis(List<T> starts, ToLongFunction<T> figure, int percent) {
    return Math.round(percentile(starts, figure, percent) / 1e6);
  }

  private static <T> long percentile(List<T> starts, ToLongFunction<T> figure, int percent) {
    long[] sorted = starts.stream().mapToLong(figure).sorted().toArray();
    return sorted[(sorted.length - 1) * percent / 100];
  }
}
