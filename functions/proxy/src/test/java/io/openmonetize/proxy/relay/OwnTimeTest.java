package io.openmonetize.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnTimeTest {
  @ParameterizedTest
  @CsvSource({"-1,0.00", "0,0.00", "9999,0.00", "50000,0.05", "420000,0.42", "1234567890,1234.56"})
  void value_nanos_areMillisecondsWithTwoPlaces(long nanos, String millis) {
    assertThat(OwnTime.value(nanos)).isEqualTo("om;dur=" + millis);
  }

  @Test
  void value_timeWaited_isNotOurs() {
    OwnTime time = new OwnTime();
    time.waited(3_600_000_000_000L);

    assertThat(time.value()).isEqualTo("om;dur=0.00");
  }
}
