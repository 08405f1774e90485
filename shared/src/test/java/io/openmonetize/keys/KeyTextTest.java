package io.openmonetize.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private final KeyText key = KeyText.random("live", new SecureRandom());

  @Test
  void random_readBack_isTheSameKey() {
    KeyText again = KeyText.parse(key.reveal()).orElseThrow();

    assertThat(again.hash()).isEqualTo(key.hash());
    assertThat(again.environment()).isEqualTo("live");
  }

  @Test
  void parse_anyOneCharacterChanged_isRefused() {
    String text = key.reveal();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';

      assertThat(KeyText.parse(text.substring(0, i) + other + text.substring(i + 1)))
          .as("changed at %d", i)
          .isEmpty();
    }
  }

  @Test
  void parse_environmentSwapped_isRefused() {
    assertThat(KeyText.parse(key.reveal().replace("om_live_", "om_dev_"))).isEmpty();
  }

  @Test
  void parse_upperCaseOrCutOrLonger_isRefused() {
    String text = key.reveal();

    assertThat(KeyText.parse(text.toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(KeyText.parse(text.substring(0, text.length() - 1))).isEmpty();
    assertThat(KeyText.parse(text + "0")).isEmpty();
    assertThat(KeyText.parse("")).isEmpty();
    assertThat(KeyText.parse("om_live_")).isEmpty();
  }

  @Test
  void toString_never_showsTheSecret() {
    assertThat(key.toString()).startsWith("om_live_").hasSizeLessThan(20);
    assertThat(key.reveal()).startsWith(key.prefix());
  }
}
