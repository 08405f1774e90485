package io.openmonetize.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-07-31T12:00:00Z");
  private static final Retention MONTH = new Retention(30);

  @Test
  void of_nothingSet_isForEver() {
    assertThat(Retention.of(new Environment(Map.of()))).isEqualTo(Retention.FOR_EVER);
    assertThat(Retention.of(days("30"))).isEqualTo(MONTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3651", "a month"})
  void of_noSuchNumberOfDays_isRefused(String days) {
    assertThatThrownBy(() -> Retention.of(days(days))).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void covers_timeOfTheEvent_countsFromThere() {
    assertThat(MONTH.covers(Instant.parse("2026-07-01T12:00:01Z"), NOW)).isTrue();
    assertThat(MONTH.covers(Instant.parse("2026-07-01T12:00:00Z"), NOW)).isFalse();
    assertThat(Retention.FOR_EVER.covers(Instant.EPOCH, NOW)).isTrue();
  }

  @Test
  void wholeDaysFrom_now_isTheFirstDayOfWhichAllIsKept() {
    assertThat(MONTH.wholeDaysFrom(NOW)).isEqualTo(Instant.parse("2026-07-02T00:00:00Z"));
    assertThat(Retention.FOR_EVER.wholeDaysFrom(NOW)).isEqualTo(Instant.MIN);
  }

  private static Environment days(String days) {
    return new Environment(Map.of("OM_EVENT_RETENTION_DAYS", days));
  }
}
