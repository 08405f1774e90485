package io.openmonetize.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.keys.KeyText;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few calls of every kind through the real proxy's process. No time is asserted. */
@TestInstance(Lifecycle.PER_CLASS)
class SubjectTest {
  private static final int CALLS = 6;
  private static final int WORKERS = 3;

  private final String key = KeyText.random("dev", new SecureRandom()).reveal();
  private Loop loop;
  private Provider provider;
  private Subject proxy;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    loop = Loop.start();
    provider = Provider.start(loop, Kind.scripts());
    proxy = Subject.function(loop, provider, Jvm.Flags.DEPLOYED, WORKERS, true, key);
  }

  @AfterAll
  void end() {
    proxy.close();
    loop.close();
  }

  @ParameterizedTest
  @EnumSource
  void run_throughTheProxy_isWholeAndEachCallIsBookedOnce(Kind kind) throws InterruptedException {
    Run run = proxy.run(few(kind));

    assertCounts(kind, run);
    assertThat(run.samples().ids.size()).isEqualTo(CALLS);
    assertThat(Arrays.stream(run.log().events.sorted()).distinct()).hasSize(CALLS);
  }

  @ParameterizedTest
  @EnumSource
  void run_direct_isWhole(Kind kind) throws InterruptedException {
    Run run = direct(new Callers.Target(url(), _ -> Map.of(), true)).run(few(kind));

    assertCounts(kind, run);
  }

  @Test
  void run_ofAProxyThatWritesAnew_countsItsPieces() throws InterruptedException {
    Run run = direct(new Callers.Target(url(), _ -> Map.of(), false)).run(few(Kind.BURST));

    assertCounts(Kind.BURST, run);
  }

  @Test
  void run_withoutEnqueueing_isWholeAndBooksNothing() throws IOException, InterruptedException {
    try (Subject unqueued =
        Subject.function(loop, provider, Jvm.Flags.DEPLOYED, WORKERS, false, key)) {
      Run run = unqueued.run(few(Kind.PLAIN_UNQUEUED));

      assertCounts(Kind.PLAIN_UNQUEUED, run);
      assertThat(run.log().messages()).isZero();
    }
  }

  @Test
  void run_ofWhatAnswersAnotherStatus_fails() throws IOException, InterruptedException {
    try (Loop other = Loop.start()) {
      Provider knowingLess = Provider.start(other, Kind.scripts().subList(0, 1));
      URI there = URI.create("http://127.0.0.1:" + knowingLess.port());
      Subject subject = Subject.at(other, new Callers.Target(there, _ -> Map.of(), true));

      assertThatThrownBy(() -> subject.run(few(Kind.BURST)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("0 of 6 calls were whole")
          .hasMessageContaining("unknown model");
    }
  }

  @Test
  void run_withAKeyThatNobodyMade_fails() throws IOException, InterruptedException {
    try (Loop other = Loop.start();
        Subject subject =
            Subject.function(
                other,
                Provider.start(other, Kind.scripts()),
                Jvm.Flags.DEPLOYED,
                1,
                true,
                "om_live_no")) {
      assertThatThrownBy(() -> subject.run(few(Kind.PLAIN)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"statusCode\":401");
    }
  }

  private void assertCounts(Kind kind, Run run) {
    int pieces = kind.scenario().script().times().length;
    assertThat(run.samples().total.size()).isEqualTo(CALLS);
    assertThat(run.samples().firstByte.size()).isEqualTo(CALLS);
    assertThat(run.samples().chunk.size()).isEqualTo(CALLS * pieces);
    assertThat(Arrays.stream(run.samples().chunk.sorted())).allMatch(age -> age >= 0);
    assertThat(run.samples().wallNanos()).isPositive();
  }

  private Subject direct(Callers.Target target) {
    return Subject.at(loop, target);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + provider.port());
  }

  private static Scenario few(Kind kind) {
    Scenario scenario = kind.scenario();
    int atOnce = Math.min(WORKERS, scenario.concurrency());
    return new Scenario(scenario.script(), atOnce, CALLS, scenario.apart());
  }
}
