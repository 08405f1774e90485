package io.openmonetize.usage.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
  @ParameterizedTest
  @ValueSource(strings = {"overloaded_error", "RESOURCE_EXHAUSTED", "429", "a.b-c"})
  void word_identifier_isTaken(String type) {
    assertThat(Wording.word(type)).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"You said: my secret", "a\nb", "ключ", "<b>"})
  void word_text_isNeverTaken(String type) {
    assertThat(Wording.word(type)).isEqualTo("unrecognised");
    assertThat(Wording.word("x".repeat(65))).isEqualTo("unrecognised");
  }

  @Test
  void name_longOrWithControls_isNotTaken() {
    assertThat(Wording.name("models/gemini é")).isEqualTo("models/gemini é");
    assertThat(Wording.name("a\u0000b")).isNull();
    assertThat(Wording.name("x".repeat(257))).isNull();
    assertThat(Wording.name("")).isNull();
  }
}
