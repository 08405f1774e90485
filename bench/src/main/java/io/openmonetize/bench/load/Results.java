package io.openmonetize.bench.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** All runs of all rounds. */
final class Results {
  private record Cell(Contender contender, Kind kind) {}

  private final Map<Cell, List<Run>> runs = new HashMap<>();

  void add(Contender contender, Kind kind, Run run) {
    runs.computeIfAbsent(new Cell(contender, kind), _ -> new ArrayList<>()).add(run);
  }

  /** Empty where the contender takes no such load. */
  Optional<Spread> spread(Contender contender, Kind kind, ToDoubleFunction<Run> figure) {
    List<Run> rounds = rounds(contender, kind);
    return rounds.isEmpty()
        ? Optional.empty()
        : Optional.of(Spread.of(rounds.stream().mapToDouble(figure)));
  }

  /** By how much a figure is above another's of the same round. */
  Optional<Spread> above(
      Contender contender, Contender other, Kind kind, ToDoubleFunction<Run> figure) {
    return difference(contender, kind, figure, other, kind, figure);
  }

  /** A figure of one kind less another of another kind, round by round. */
  Optional<Spread> difference(
      Contender contender,
      Kind kind,
      ToDoubleFunction<Run> figure,
      Contender other,
      Kind otherKind,
      ToDoubleFunction<Run> otherFigure) {
    List<Run> mine = rounds(contender, kind);
    List<Run> theirs = rounds(other, otherKind);
    return mine.isEmpty() || theirs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Spread.of(
                IntStream.range(0, mine.size())
                    .mapToDouble(
                        i ->
                            figure.applyAsDouble(mine.get(i))
                                - otherFigure.applyAsDouble(theirs.get(i)))));
  }

  private List<Run> rounds(Contender contender, Kind kind) {
    return runs.getOrDefault(new Cell(contender, kind), List.of());
  }
}
