package io.openmonetize.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);
  private final Log log = new Log(out, Log.Level.INFO, clock);

  @Test
  void info_withFields_isOneJsonLine() {
    log.info("call.start", "customer", "a\"b\n", "count", 3, "raw", new Log.Raw("{\"x\":1}"));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-11-24T10:00:00Z\",\"level\":\"INFO\",\"event\":\"call.start\","
                + "\"customer\":\"a\\\"b\\n\",\"count\":3,\"raw\":{\"x\":1}}\n");
  }

  @Test
  void debug_belowTheLevel_isNotWritten() {
    log.debug("detail");

    assertThat(out.size()).isZero();
  }

  @Test
  void error_withACause_namesItsClassAndNotItsMessage() {
    log.error("failed", "cause", new IllegalStateException("the secret is 42"));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("java.lang.IllegalStateException")
        .doesNotContain("42");
  }

  @Test
  void record_whateverTheLevel_isWritten() {
    new Log(out, Log.Level.ERROR, clock).record("usage.record", "id", "1");

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage.record");
  }
}
