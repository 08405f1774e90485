package io.openmonetize.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void shown_isTheMedianBetweenTheExtremes() {
    assertThat(Spread.of(DoubleStream.of(1234.56, 1, 3)).shown(1))
        .isEqualTo("**3.0** [1.0..1,234.6]");
    assertThat(Spread.of(DoubleStream.of(4, 1)).shown(1)).isEqualTo("**2.5** [1.0..4.0]");
  }

  @Test
  void percentile_isTheLeastThatSoManyDoNotExceed() {
    long[] sorted = new long[200];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = i + 1;
    }

    assertThat(Longs.percentile(sorted, 50)).isEqualTo(100);
    assertThat(Longs.percentile(sorted, 99)).isEqualTo(198);
    assertThat(Longs.percentile(new long[] {7}, 99)).isEqualTo(7);
  }
}
