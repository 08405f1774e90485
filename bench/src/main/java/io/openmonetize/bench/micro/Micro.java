package io.openmonetize.bench.micro;

import io.openmonetize.bench.Jmh;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the parts of the warm path take, each alone. */
public final class Micro {
  /** Each class of this package that has one; of the readers, what reads. */
  private static final List<String> SUBJECTS =
      List.of(
          "micro\\.ReaderBenchmark\\.copyAndRead$",
          "micro\\.(Relay|Event|Queue|Key|FunctionUrl|Log|Fold)Benchmark\\.");

  private Micro() {}

  /** Times and counts in a fork with the compiler and the collector of the deployed functions. */
  public static void print(PrintStream out) throws RunnerException {
    Jmh jmh = new Jmh(1, Jmh.AS_DEPLOYED, 2, 5, TimeValue.seconds(1), List.of(GCProfiler.class));
    out.println("| subject | unit | ns | ± | ns/byte | bytes allocated |");
    out.println("| --- | --- | --- | --- | --- | --- |");
    for (Figure figure : Figure.of(jmh.run(SUBJECTS, Map.of()))) {
      String perByte =
          figure.bytesLong() == 0
              ? ""
              : String.format(Locale.ROOT, "%.2f", figure.nanos() / figure.bytesLong());
      out.println(
          String.format(
              Locale.ROOT,
              "| %s | %s | %,.0f | %,.0f | %s | %,.0f |",
              figure.subject(),
              figure.unit(),
              figure.nanos(),
              figure.error(),
              perByte,
              figure.allocated()));
    }
  }

  /** Counts alone, in this process: so quick that its times mean nothing. */
  public static List<Figure> count() throws RunnerException {
    Jmh jmh = new Jmh(0, List.of(), 3, 3, TimeValue.milliseconds(100), List.of(GCProfiler.class));
    return Figure.of(jmh.run(SUBJECTS, Map.of()));
  }
}
