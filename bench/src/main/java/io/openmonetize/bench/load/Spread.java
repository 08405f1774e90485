package io.openmonetize.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A figure of several rounds: its median and its extremes. */
record Spread(double median, double least, double most) {
  static Spread of(DoubleStream rounds) {
    double[] sorted = rounds.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no rounds");
    }
    return new Spread(middle(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  static Spread of(List<Double> rounds) {
    return of(rounds.stream().mapToDouble(Double::doubleValue));
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[half]
        : Arrays.stream(sorted, half - 1, half + 1).average().orElseThrow();
  }

  /** With so many digits behind the point: the median, and the extremes in brackets. */
  String shown(int digits) {
    String form = "%,." + digits + "f";
    return String.format(
            Locale.ROOT, "**" + form + "** [" + form + "..." + form + "]", median, least, most)
        .replace("...", "..");
  }
}
