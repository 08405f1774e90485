package io.openmonetize.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The templates name handlers by these words, which {@code infra-cdk} has as text alone. */
class MainTest {
  @Test
  void run_handlerUnknown_namesThoseThatTheTemplatesDeploy() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    // Nobody listens there: what the platform would be told is in the log too.
    Map<String, String> variables =
        Map.of("_HANDLER", "another", "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1");

    assertThat(Main.run(variables, stream, stream)).isFalse();

    assertThat(out.toString(UTF_8))
        .contains(
            "which are io.openmonetize.query.OperatorsFunction,"
                + " io.openmonetize.query.QueryFunction\"");
  }
}
