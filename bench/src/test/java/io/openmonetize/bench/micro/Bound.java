package io.openmonetize.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A line of the table of bounds. */
record Bound(String subject, String unit, long bytesAtMost) {
  /** The rows of a Markdown table whose last column is a number. */
  static List<Bound> in(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .filter(line -> line.matches("\\|.*\\| [0-9,]+ \\|"))
        .map(Bound::of)
        .toList();
  }

  /** With a tenth and a few bytes to spare, so that only more allocations break it. */
  static Bound over(Figure figure) {
    long counted = Math.round(figure.allocated());
    return new Bound(figure.subject(), figure.unit(), counted + counted / 10 + 8);
  }

  boolean isOf(Figure figure) {
    return subject.equals(figure.subject()) && unit.equals(figure.unit());
  }

  private static Bound of(String row) {
    List<String> cells =
        Arrays.stream(row.substring(1, row.length() - 1).split("\\|")).map(String::strip).toList();
    return new Bound(cells.get(0), cells.get(1), Long.parseLong(cells.get(2).replace(",", "")));
  }

  String row() {
    return "| %s | %s | %,d |".formatted(subject, unit, bytesAtMost);
  }
}
