package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.logging.Log;
import io.openmonetize.proxy.rehearsal.Assembly;
import io.openmonetize.proxy.rehearsal.Rehearsal;
import io.openmonetize.usage.UsageReaders;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
  private final Clock clock = Clock.systemUTC();
  private final Assembly proxy =
      ProxyFunction.assembly(UsageReaders::of, UnaryOperator.identity(), clock);

  @Test
  void run_proxy_goesThroughAWholeCall() {
    Rehearsal.Outcome outcome = Rehearsal.run(proxy, clock);
    assertThat(outcome.answered()).isEqualTo(1);
    assertThat(outcome.lookUps()).isEqualTo(1);
    assertThat(outcome.messages()).as("an intent and an event").isEqualTo(2);
  }

  /** The rehearsal's own log is nowhere, so this one stands in its place. */
  @Test
  void run_proxy_readsTheUsage() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Rehearsal.run(
        (environment, dynamoDb, sqs, upstream, log) ->
            proxy.over(
                environment, dynamoDb, sqs, upstream, new Log(lines, Log.Level.DEBUG, clock)),
        clock);
    assertThat(lines.toString(UTF_8).lines().filter(line -> line.contains("\"usage.record\"")))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains("\"status\":\"exact\""));
    assertThat(lines.toString(UTF_8)).doesNotContain("\"ERROR\"").doesNotContain("\"WARN\"");
  }
}
