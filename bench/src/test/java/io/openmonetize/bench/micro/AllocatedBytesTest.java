package io.openmonetize.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.bench.Jmh;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Holds what the warm path allocates against {@code allocated-bytes.md}. Counts, unlike times, are
 * the same on a busy machine.
 */
class AllocatedBytesTest {
  private static final Path BOUNDS = Path.of("allocated-bytes.md");
  private static final Path COUNTED = Path.of("target", "allocated-bytes.md");

  @Test
  void eachSubject_allocatesAtMostItsBound() throws RunnerException, IOException {
    // The optimising compiler leaves out some allocations, in some runs.
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .as("options of this JVM, which bench/pom.xml sets")
        .containsAll(Jmh.AS_DEPLOYED);

    List<Figure> figures = Micro.count();
    Files.writeString(
        COUNTED, figures.stream().map(f -> Bound.over(f).row()).collect(Collectors.joining("\n")));

    List<Bound> bounds = Bound.in(BOUNDS);
    assertThat(problems(figures, bounds))
        .as("bench/%s has the counts as they are now; bench/%s says more", COUNTED, BOUNDS)
        .isEmpty();
    assertThat(bounds)
        .as("bounds of subjects that are no more")
        .allMatch(bound -> figures.stream().anyMatch(bound::isOf));
  }

  private static List<String> problems(List<Figure> figures, List<Bound> bounds) {
    List<String> problems = new ArrayList<>();
    for (Figure figure : figures) {
      List<Bound> own = bounds.stream().filter(bound -> bound.isOf(figure)).toList();
      if (own.size() != 1) {
        problems.add(
            "%s, %s: %d bounds where one is due"
                .formatted(figure.subject(), figure.unit(), own.size()));
      } else if (figure.allocated() > own.getFirst().atMost()) {
        problems.add(
            "%s allocates %,.0f bytes a %s: it was %,d, and may be %,d"
                .formatted(
                    figure.subject(),
                    figure.allocated(),
                    figure.unit(),
                    own.getFirst().counted(),
                    own.getFirst().atMost()));
      }
    }
    return problems;
  }
}
