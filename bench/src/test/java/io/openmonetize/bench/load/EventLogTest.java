package io.openmonetize.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private final EventLog log = new EventLog();

  @Test
  void check_eachCallOnce_passes() {
    event(1);
    event(2);

    assertThat(log.check(calls(2, 1), true)).isZero();
  }

  @Test
  void check_oneMissing_fails() {
    event(1);

    assertThatThrownBy(() -> log.check(calls(1, 2), true)).hasMessageContaining("1 events");
  }

  @Test
  void check_oneTwice_isCounted() {
    event(1);
    event(1);
    event(2);

    assertThat(log.check(calls(1, 2), true)).isEqualTo(1);
  }

  @Test
  void check_oneTwiceInThePlaceOfAnother_fails() {
    event(1);
    event(1);

    assertThatThrownBy(() -> log.check(calls(1, 2), true)).hasMessageContaining("1 events");
  }

  @Test
  void check_ofAnotherCall_fails() {
    event(1);
    event(3);

    assertThatThrownBy(() -> log.check(calls(1, 2), true)).hasMessageContaining("none of the");
  }

  @Test
  void check_anEventWhereNoneMayBe_fails() {
    event(1);

    assertThatThrownBy(() -> log.check(calls(1), false)).hasMessageContaining("1 events");
  }

  @Test
  void check_aWithdrawal_fails() {
    event(1);
    message("{\"v\":1,\"kind\":\"withdrawal\",\"request_id\":\"" + id(1) + "\"}");

    assertThatThrownBy(() -> log.check(calls(1), true)).hasMessageContaining("1 other");
  }

  private void event(int number) {
    message("{\"v\":1,\"event_id\":\"" + id(number) + "\"}");
  }

  private void message(String text) {
    Bytes bytes = new Bytes();
    bytes.add(ascii(text), 0, text.length());
    log.message(bytes);
  }

  private static Longs calls(int... numbers) {
    Longs calls = new Longs();
    for (int number : numbers) {
      calls.add(EventLog.fold(ascii(id(number)), 0));
    }
    return calls;
  }

  private static String id(int number) {
    return "6f1c7c1e-54b7-4f0a-9f4e-%012d".formatted(number);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
