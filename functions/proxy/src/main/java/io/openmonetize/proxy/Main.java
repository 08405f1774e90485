package io.openmonetize.proxy;

import io.openmonetize.config.Environment;
import io.openmonetize.lambda.FunctionProcess;
import io.openmonetize.logging.Log;
import java.io.IOException;
import java.io.PrintStream;
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
            (environment, platform) ->
                environment.number("OM_PROXY_WORKERS", platform.maxConcurrency(), 1, 1_000),
            Main::create);
  }

  /** Only Lambda gives a process time of its own before the first event. */
  private static ProxyFunction create(Environment environment, Log log) {
    ProxyFunction function = ProxyFunction.create(environment, Clock.systemUTC(), log);
    if (environment.find("AWS_LAMBDA_INITIALIZATION_TYPE").isPresent()) {
      function.prepare();
    }
    return function;
  }
}
