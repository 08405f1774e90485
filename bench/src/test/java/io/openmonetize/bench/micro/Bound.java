package io.openmonetize.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A line of the table of bounds.
 *
 * @param counted bytes, when the bound was set
 */
record Bound(String subject, String unit, long counted, long atMost) {
  /** The rows of a Markdown table whose last two columns are numbers. */
  static List<Bound> in(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .filter(line -> line.matches("\\|.*\\| [0-9,]+ \\| [0-9,]+ \\|"))
        .map(Bound::of)
        .toList();
  }

  /** With a tenth and a few bytes to spare, so that only more allocations break it. */
  static Bound over(Figure figure) {
    long counted = Math.round(figure.allocated());
    return new Bound(figure.subject(), figure.unit(), counted, counted + counted / 10 + 8);
  }

  boolean isOf(Figure figure) {
    return subject.equals(figure.subject()) && unit.equals(figure.unit());
  }

  private static Bound of(String row) {
    List<String> cells =
        Arrays.stream(row.substring(1, row.length() - 1).split("\\|")).map(String::strip).toList();
    return new Bound(cells.get(0), cells.get(1), number(cells.get(2)), number(cells.get(3)));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  String row() {
    return "| %s | %s | %,d | %,d |".formatted(subject, unit, counted, atMost);
  }
}
