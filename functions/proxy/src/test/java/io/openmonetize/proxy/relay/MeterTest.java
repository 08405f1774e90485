package io.openmonetize.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.logging.Log;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReading;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class MeterTest {
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Log log = new Log(logged, Log.Level.INFO, Clock.systemUTC());

  @Test
  void finish_readerThatWorks_answersWithItsReading() {
    UsageReading reading = UsageReading.of(Usage.none("free"));
    Meter meter = meter(() -> reader(() -> {}, reading));
    meter.read(new byte[1], 1);
    assertThat(meter.finish(AnswerEnd.WHOLE)).isEqualTo(reading);
    assertThat(logged.toString()).isEmpty();
  }

  @Test
  void finish_readerThatFailsInAnyWay_answersMissing() {
    Runnable endless =
        () -> {
          throw new StackOverflowError("secret");
        };
    Runnable wrong =
        () -> {
          throw new IllegalStateException("secret");
        };
    for (Runnable fault : new Runnable[] {endless, wrong}) {
      Meter failing = meter(() -> reader(fault, UsageReading.of(Usage.none("x"))));
      failing.read(new byte[1], 1);
      failing.read(new byte[1], 1);
      assertMissing(failing);
      assertMissing(
          meter(
              () -> {
                fault.run();
                throw new AssertionError();
              }));
    }
    assertThat(logged.toString()).contains("meter.failed").doesNotContain("secret");
  }

  private static void assertMissing(Meter meter) {
    assertThat(meter.finish(AnswerEnd.WHOLE).usage().status()).isEqualTo(UsageStatus.MISSING);
  }

  private Meter meter(Supplier<UsageReader> reader) {
    return new Meter(reader, log, "r-1");
  }

  private static UsageReader reader(Runnable onRead, UsageReading reading) {
    return new UsageReader() {
      @Override
      public void read(byte[] buffer, int offset, int length) {
        onRead.run();
      }

      @Override
      public UsageReading finish(AnswerEnd end) {
        return reading;
      }
    };
  }
}
