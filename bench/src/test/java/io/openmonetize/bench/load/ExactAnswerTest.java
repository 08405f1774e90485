package io.openmonetize.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExactAnswerTest {
  private static final long WRITTEN = 1_234_567;

  private final Script script = Kind.Scripts.PACED;
  private final Longs ages = new Longs();
  private final ExactAnswer check = new ExactAnswer(script, ages);

  @Test
  void body_inAnyPieces_isWholeAndTellsEachAge() {
    byte[] body = sent();
    for (int size : new int[] {1, 7, 64, body.length}) {
      check.begin();
      for (int from = 0; from < body.length; from += size) {
        check.body(body, from, Math.min(body.length, from + size), WRITTEN + 5);
      }
      check.end();
    }

    assertThat(ages.size()).isEqualTo(4 * script.times().length);
    assertThat(ages.sorted()).containsOnly(5);
  }

  @Test
  void body_ofOtherBytes_fails() {
    byte[] body = sent();
    body[body.length - 3] ^= 1;
    check.begin();

    assertThatThrownBy(() -> check.body(body, 0, body.length, WRITTEN))
        .hasMessageContaining("differs from byte " + (body.length - 3));
  }

  @Test
  void end_beforeTheLastByte_fails() {
    byte[] body = sent();
    check.begin();
    check.body(body, 0, body.length - 1, WRITTEN);

    assertThatThrownBy(check::end).hasMessageContaining("ended after");
  }

  @Test
  void body_behindTheEnd_fails() {
    byte[] body = sent();
    check.begin();
    check.body(body, 0, body.length, WRITTEN);

    assertThatThrownBy(() -> check.body(body, 0, 1, WRITTEN)).hasMessageContaining("goes on");
  }

  private byte[] sent() {
    byte[] body = script.body().clone();
    for (int time : script.times()) {
      Digits.write(body, time, Script.TIME_DIGITS, WRITTEN);
    }
    return body;
  }
}
