package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadOnceTest {
  @Test
  void get_notAsked_readsNothing() {
    AtomicInteger reads = new AtomicInteger();

    new ReadOnce<>(reads::incrementAndGet);

    assertThat(reads).hasValue(0);
  }

  @Test
  void get_again_isTheSameWithoutReading() {
    AtomicInteger reads = new AtomicInteger();
    ReadOnce<Integer> once = new ReadOnce<>(reads::incrementAndGet);

    assertThat(once.get()).isEqualTo(1);
    assertThat(once.get()).isEqualTo(1);
    assertThat(reads).hasValue(1);
  }

  @Test
  void get_sourceFails_failsAsTheSourceDid() {
    ReadOnce<Integer> once =
        new ReadOnce<>(
            () -> {
              throw new ConfigurationException("no such file");
            });

    assertThatThrownBy(once::get)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("no such file");
  }
}
