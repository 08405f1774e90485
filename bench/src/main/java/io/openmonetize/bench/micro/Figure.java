package io.openmonetize.bench.micro;

import io.openmonetize.bench.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one unit of a subject takes.
 *
 * @param subject such as {@code Event.write}
 * @param unit such as {@code event}
 * @param bytesLong how long the unit is, where that is a measure of the work; else 0
 * @param nanos mean of the iterations
 * @param error half of the 99.9 % interval of that mean, in nanoseconds
 * @param allocated bytes, of the iteration with the fewest: what else the process does only adds
 */
public record Figure(
    String subject, String unit, int bytesLong, double nanos, double error, double allocated) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String LENGTH = "pieces";

  /**
   * In the order of their names. A stream that ran at two lengths makes two figures: the short one,
   * and what each further chunk takes.
   */
  static List<Figure> of(Collection<RunResult> results) {
    Map<String, List<RunResult>> bySubject = new TreeMap<>();
    for (RunResult result : results) {
      bySubject.computeIfAbsent(subject(result.getParams()), _ -> new ArrayList<>()).add(result);
    }
    List<Figure> figures = new ArrayList<>();
    bySubject.forEach(
        (subject, ofSubject) -> {
          Figure first = of(subject, ofSubject.getFirst());
          figures.add(first);
          if (ofSubject.size() > 1) {
            figures.add(furtherChunk(first, ofSubject.getFirst(), ofSubject.getLast()));
          }
        });
    return figures;
  }

  private static Figure of(String subject, RunResult result) {
    Result<?> time = result.getPrimaryResult();
    double error = Double.isNaN(time.getScoreError()) ? 0 : time.getScoreError();
    return new Figure(
        subject,
        unit(result.getParams().getBenchmark()),
        0,
        time.getScore(),
        error,
        allocated(result));
  }

  private static Figure furtherChunk(Figure stream, RunResult shorter, RunResult longer) {
    int chunks = length(longer) - length(shorter);
    Result<?> time = longer.getPrimaryResult();
    @Nullable String shape = longer.getParams().getParam("shape");
    return new Figure(
        stream.subject,
        "chunk",
        shape == null ? 0 : Shape.valueOf(shape).pieceBytes(),
        (time.getScore() - stream.nanos) / chunks,
        (time.getScoreError() + stream.error) / chunks,
        (allocated(longer) - stream.allocated) / chunks);
  }

  private static double allocated(RunResult result) {
    return result.getSecondaryResults().get(ALLOCATED).getStatistics().getMin();
  }

  private static int length(RunResult result) {
    return Integer.parseInt(result.getParams().getParam(LENGTH));
  }

  /** The class's and the method's name, and all parameters but the length. */
  private static String subject(BenchmarkParams params) {
    String[] names = params.getBenchmark().split("\\.");
    StringBuilder subject =
        new StringBuilder(names[names.length - 2].replace("Benchmark", ""))
            .append('.')
            .append(names[names.length - 1]);
    for (String key : params.getParamsKeys()) {
      if (!key.equals(LENGTH)) {
        subject.append(' ').append(params.getParam(key));
      }
    }
    return subject.toString();
  }

  private static String unit(String benchmark) {
    try {
      return Class.forName(benchmark.substring(0, benchmark.lastIndexOf('.')))
          .getAnnotation(Unit.class)
          .value();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
