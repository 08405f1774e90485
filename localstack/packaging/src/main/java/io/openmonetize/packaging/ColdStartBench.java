package io.openmonetize.packaging;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
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
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Part of {@code ./om bench cold}: starts of a zip that the build has made, with its AOT cache and
 * without, by turns. Writes rows of a table to {@code target/cold.md}.
 */
public abstract class ColdStartBench {
  private static final int WARM_UP_ROUNDS = 1;
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
  private record Start(long ready, long answered, long cpu) {
    long cold() {
      return ready + answered;
    }
  }

  @TempDir private Path folder;

  private final String function;
  private final String work;
  private final Training training;

  /**
   * @param function the name of the zip in {@code target}
   * @param work what the first event asks for, in a few words
   */
  protected ColdStartBench(String function, String work, Training training) {
    this.function = function;
    this.work = work;
    this.training = training;
  }

  /**
   * Gives the process its first event.
   *
   * @throws IOException when it is not answered as it should be
   */
  protected abstract Answer first(Surroundings surroundings, PackagedFunction process)
      throws IOException, InterruptedException;

  @Test
  public void measure() throws Exception {
    Map<Variant, List<Start>> starts = new EnumMap<>(Variant.class);
    try (Surroundings surroundings = Surroundings.start(folder, training)) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        for (Variant variant : Variant.values()) {
          Start start = start(surroundings, packageFor(variant));
          if (round >= 0) {
            starts.computeIfAbsent(variant, v -> new ArrayList<>()).add(start);
          }
        }
      }
    }
    try (PrintStream out =
        new PrintStream(Path.of("target", "cold.md").toFile(), StandardCharsets.UTF_8)) {
      starts.forEach((variant, all) -> print(out, variant, all));
    }
  }

  private PackageFolder packageFor(Variant variant) throws IOException {
    Path path = folder.resolve(variant.name());
    if (Files.exists(path)) {
      return new PackageFolder(path);
    }
    PackageFolder unpacked = UnpackedZip.unpack(Path.of("target", function + ".zip"), path);
    if (variant == Variant.PLAIN) {
      Files.delete(unpacked.cache());
    }
    return unpacked;
  }

  private Start start(Surroundings surroundings, PackageFolder task) throws Exception {
    surroundings.writeTrusted(task.javaRuntime(), folder);
    List<String> command = List.of("taskset", "-c", "0", task.bootstrap().toString());
    try (RuntimeApiStandIn platform = RuntimeApiStandIn.start();
        PackagedFunction process =
            PackagedFunction.start(
                command,
                surroundings.variables(platform.authority(), folder),
                platform,
                folder.resolve("output"))) {
      long ready = process.awaitStart() - process.began();
      Answer answer = first(surroundings, process);
      return new Start(ready, answer.firstByte() - answer.delivered(), process.cpu().toNanos());
    }
  }

  private void print(PrintStream out, Variant variant, List<Start> all) {
    out.printf(
        Locale.ROOT,
        "| %s, %s | %s | %d | %d | **%d** [%d..%d] | %d |%n",
        function,
        work,
        variant.title,
        millis(all, Start::ready, 50),
        millis(all, Start::answered, 50),
        millis(all, Start::cold, 50),
        millis(all, Start::cold, 10),
        millis(all, Start::cold, 90),
        millis(all, Start::cpu, 50));
  }

  private static long millis(List<Start> starts, ToLongFunction<Start> figure, int percent) {
    long[] sorted = starts.stream().mapToLong(figure).sorted().toArray();
    return Math.round(sorted[(sorted.length - 1) * percent / 100] / 1e6);
  }
}
