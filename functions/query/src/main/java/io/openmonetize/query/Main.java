package io.openmonetize.query;

import io.openmonetize.lambda.FunctionProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** The process that Lambda starts. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    if (!run(System.getenv(), System.out, System.err)) {
      // The platform has been told; the exit code is for whoever runs this by hand.
      System.exit(1);
    }
  }

  /** Serves until there are no more invocations. False when the function could not be started. */
  static boolean run(Map<String, String> variables, PrintStream out, PrintStream errors)
      throws IOException {
    return new FunctionProcess(variables, out, errors)
        .run(
            Map.of(
                QueryFunction.class.getName(),
                (environment, log) ->
                    QueryFunction.create(environment, Clock.systemUTC(), new SecureRandom(), log),
                OperatorsFunction.class.getName(),
                (environment, log) ->
                    OperatorsFunction.create(
                        environment, Clock.systemUTC(), new SecureRandom(), log)));
  }
}
