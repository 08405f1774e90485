package io.openmonetize.proxy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.InitializationException;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    Environment environment = new Environment(variables);
    Log log = Log.to(out, Log.Level.of(environment.get("LOG_LEVEL", "INFO")));
    try {
      RuntimeEnvironment platform = RuntimeEnvironment.of(variables);
      int workers = environment.number("OM_PROXY_WORKERS", platform.maxConcurrency(), 1, 1_000);
      new LambdaRuntime(platform, errors).run(workers, () -> create(environment, log));
      return true;
    } catch (InitializationException e) {
      notStarted(log, e.getCause());
    } catch (ConfigurationException e) {
      notStarted(log, e);
    }
    return false;
  }

  /** Only Lambda gives a process time of its own before the first event. */
  private static ProxyFunction create(Environment environment, Log log) {
    ProxyFunction function = ProxyFunction.create(environment, Clock.systemUTC(), log);
    if (environment.find("AWS_LAMBDA_INITIALIZATION_TYPE").isPresent()) {
      function.prepare();
    }
    return function;
  }

  /** Of messages only those that name a setting, and never its value, may be logged. */
  private static void notStarted(Log log, @Nullable Throwable cause) {
    String reason = cause instanceof ConfigurationException setting ? setting.getMessage() : null;
    log.error("function.not_started", "cause", cause, "reason", reason);
  }
}
