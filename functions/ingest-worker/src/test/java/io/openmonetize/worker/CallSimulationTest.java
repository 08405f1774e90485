package io.openmonetize.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -Dledger.seed=N} plays one run again, {@code -Dledger.runs=N} plays more. A failure names
 * its seed.
 */
class CallSimulationTest {
  private static final int RUNS_UNTIL_A_BUG_IS_FOUND = 500;

  private static List<Long> seeds() {
    Long one = Long.getLong("ledger.seed");
    return one != null
        ? List.of(one)
        : new Random().longs(Long.getLong("ledger.runs", 3_000L)).boxed().toList();
  }

  @Test
  void run_whateverBreaks_eachCallIsBookedOnceOrUnaccountedOrInTheLog() {
    for (long seed : seeds()) {
      assertThatCode(() -> new Simulation(seed, Simulation.Bug.NONE).run())
          .as("-Dledger.seed=%d", seed)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Simulation.Bug.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void run_plantedBug_isFound(Simulation.Bug bug) {
    assertThat(LongStream.range(0, RUNS_UNTIL_A_BUG_IS_FOUND).anyMatch(seed -> fails(seed, bug)))
        .isTrue();
  }

  private static boolean fails(long seed, Simulation.Bug bug) {
    try {
      new Simulation(seed, bug).run();
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
