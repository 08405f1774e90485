package io.openmonetize.sdk.tracked;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.sdk.Provider;
import org.junit.jupiter.api.Test;

/** An answer that was given is handed out, whatever goes wrong in counting it. */
class TrackingTest {
  @Test
  void answer_errorInTheCounting_isLoggedAndNotThrown() throws Exception {
    try (Wrapping wrapping = Wrapping.start()) {
      Tracking tracking = new Tracking(wrapping.om(), Wrapping.WHO, Provider.OPENAI, null);
      tracking.answer(
          () -> {
            throw new StackOverflowError();
          });
      assertThat(wrapping.lines()).singleElement().asString().contains("StackOverflowError");
    }
  }

  @Test
  void guarded_versionOfTheClientWithoutAClass_isTheResult() throws Exception {
    try (Wrapping wrapping = Wrapping.start()) {
      Tracking tracking = new Tracking(wrapping.om(), Wrapping.WHO, Provider.OPENAI, null);
      String result =
          tracking.guarded(
              "answer",
              given -> {
                throw new NoClassDefFoundError();
              });
      assertThat(result).isEqualTo("answer");
      assertThat(wrapping.lines()).singleElement().asString().contains("NoClassDefFoundError");
    }
  }
}
