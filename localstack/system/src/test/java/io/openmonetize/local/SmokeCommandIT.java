package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.Pace;
import io.openmonetize.local.parts.Reply;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.local.parts.Tokens;
import io.openmonetize.local.smoke.SmokeCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SmokeCommandIT {
  private static final Map<String, String> WITH_PROVIDER_KEY =
      Map.of("ANTHROPIC_API_KEY", "a-provider-key");

  private static TestSystem test;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void startSystem() throws IOException {
    Reply slow = new Reply(Collections.nCopies(30, "word "), new Tokens(20, 0, 0, 0, 0, 30));
    Pace pace = new Pace(Duration.ofMillis(100), Duration.ofMillis(30));
    test = TestSystem.start(StandInProviders.start(body -> slow, pace));
  }

  @AfterAll
  static void stopSystem() {
    test.close();
  }

  @Test
  void smoke_wholeSystem_passesEveryCheck() throws Exception {
    int status = smoke(WITH_PROVIDER_KEY, "--dashboard", test.system().dashboard().toString());

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .doesNotContain("FAILED")
        .contains("| provider's 401 comes through | ok | 401 ")
        .contains("exact, 30 output tokens of 30")
        .contains(", 0 failed, 0 skipped");
    assertThat(status).isZero();
  }

  @Test
  void smoke_withoutAProviderKey_skipsWhatWouldCost() throws Exception {
    int calls = test.providers().anthropic().calls().size();

    int status = smoke(Map.of());

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("| skipped | needs ANTHROPIC_API_KEY |")
        .contains(", 0 failed, 6 skipped");
    assertThat(status).isZero();
    // Those with a wrong key: three times the 401, and the path.
    assertThat(test.providers().anthropic().calls().size() - calls).isLessThan(5);
  }

  @Test
  void smoke_streamThatBreaksOff_fails() throws Exception {
    for (int i = 0; i < 4; i++) {
      test.providers().anthropic().enqueue(Script.sse().send("event: ping\ndata: {}\n\n"));
    }

    int status = smoke(WITH_PROVIDER_KEY);

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("| FAILED |");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void smoke_withoutAUrl_isRefused() {
    assertThatThrownBy(
            () -> SmokeCommand.run(List.of("smoke"), new Environment(Map.of()), System.err))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--url is required; usage: ./om smoke --url");
  }

  private int smoke(Map<String, String> variables, String... more) throws Exception {
    printed.reset();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "smoke",
                "--url",
                test.system().proxy() + "/",
                "--key",
                test.system().apiKey(),
                "--calls",
                "3"));
    arguments.addAll(List.of(more));
    return SmokeCommand.run(
        arguments,
        new Environment(variables),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
  }
}
