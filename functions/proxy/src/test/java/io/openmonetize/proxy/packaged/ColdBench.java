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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./om bench cold}: starts of the zip that the build has made, with its AOT cache and
 * without, by turns. Writes {@code target/cold.md}.
 */
final class ColdBench {
  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = Integer.getInteger("cold.rounds", 15);

  private enum Variant {
    PLAIN("without the cache"),
    CACHED("as deployed");

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

  @Test
  void measure() throws Exception {
    Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);
    try (Surroundings surroundings = Surroundings.start(folder, new ProxyTraining())) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        for (Variant variant : Variant.values()) {
          Start start = start(surroundings, packageFor(variant));
          if (round >= 0) {
            starts.computeIfAbsent(variant, v -> new ArrayList<>()).add(start);
          }
        }
      }
    }
    try (PrintStream out = new PrintStream("target/cold.md", StandardCharsets.UTF_8)) {
      print(out, starts);
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

  private Start start(Surroundings surroundings, PackageFolder task) throws Exception {
    surroundings.writeTrusted(task.javaRuntime(), folder);
    List<String> command = List.of("taskset", "-c", "0", task.bootstrap().toString());
    Path output = folder.resolve("output-" + ThreadLocalRandom.current().nextLong());
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start();
        PackagedFunction proxy =
            PackagedFunction.start(
                command, surroundings.variables(platform.authority(), folder), platform, output)) {
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

  private static double ratio(Map<Variant, List<Start>> starts, ToLongFunction<Start> figure) {
    return (double) percentile(starts.get(Variant.PLAIN), figure, 50)
        / percentile(starts.get(Variant.CACHED), figure, 50);
  }

  private static long millis(List<Start> starts, ToLongFunction<Start> figure, int percent) {
    return Math.round(percentile(starts, figure, percent) / 1e6);
  }

  private static long percentile(List<Start> starts, ToLongFunction<Start> figure, int percent) {
    long[] sorted = starts.stream().mapToLong(figure).sorted().toArray();
    return sorted[(sorted.length - 1) * percent / 100];
  }
}
