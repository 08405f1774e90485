package io.openmonetize.proxy.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamTailTest {
  @ParameterizedTest
  @CsvSource({
    "'', true",
    "data: a~~, true",
    "data: a^~^~, true",
    "data: a^^, true",
    "data: a~, false",
    "data: a^~, false",
    "data: a, false",
  })
  void isBetweenEvents_whateverTheWrites_goesByTheLastBytes(String stream, boolean between) {
    byte[] bytes = stream.replace('~', '\n').replace('^', '\r').getBytes(UTF_8);
    for (int step = 1; step <= 5; step++) {
      StreamTail tail = new StreamTail();
      for (int from = 0; from < bytes.length; from += step) {
        tail.saw(bytes, from, Math.min(step, bytes.length - from));
      }
      assertThat(tail.isBetweenEvents()).isEqualTo(between);
    }
  }
}
