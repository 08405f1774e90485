package io.openmonetize.lambda;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.InitializationException;
import io.openmonetize.runtime.InvocationHandler;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The process that Lambda starts for a function, from its environment to its last invocation. */
public final class FunctionProcess {
  /** Names the handler, as the function's configuration does. */
  private static final String HANDLER = "_HANDLER";

  private final Map<String, String> variables;
  private final PrintStream out;
  private final PrintStream errors;

  /**
   * @param out for the function's log
   * @param errors for the runtime's
   */
  public FunctionProcess(Map<String, String> variables, PrintStream out, PrintStream errors) {
    this.variables = Map.copyOf(variables);
    this.out = out;
    this.errors = errors;
  }

  /** Builds a function's handler: its initialisation. */
  @FunctionalInterface
  public interface Factory {
    /**
     * @throws ConfigurationException when the environment lacks something
     */
    InvocationHandler create(Environment environment, Log log);
  }

  /** How many invocations may run at once. */
  @FunctionalInterface
  public interface Workers {
    /**
     * @throws ConfigurationException when the environment makes no sense
     */
    int of(Environment environment, RuntimeEnvironment platform);
  }

  /**
   * Serves with the handler that {@code _HANDLER} names.
   *
   * @param handlers by the names that functions are deployed with
   * @return false when the function could not be started, of which the platform has been told
   */
  public boolean run(Map<String, Factory> handlers) throws IOException {
    return run(
        (_, platform) -> platform.maxConcurrency(),
        (environment, log) -> {
          String wanted = environment.require(HANDLER);
          Factory factory = handlers.get(wanted);
          if (factory == null) {
            throw new ConfigurationException(
                HANDLER
                    + " is none of this package's handlers, which are "
                    + String.join(", ", new TreeSet<>(handlers.keySet())));
          }
          return factory.create(environment, log);
        });
  }

  /**
   * Serves until there are no more invocations.
   *
   * @return false when the function could not be started, of which the platform has been told
   */
  public boolean run(Workers workers, Factory factory) throws IOException {
    Environment environment = new Environment(variables);
    Log log = Log.to(out, Log.Level.of(environment.get("LOG_LEVEL", "INFO")));
    try {
      serve(RuntimeEnvironment.of(variables), environment, workers, factory, log);
      return true;
    } catch (InitializationException e) {
      notStarted(log, e.getCause());
      return false;
    }
  }

  private void serve(
      RuntimeEnvironment platform,
      Environment environment,
      Workers workers,
      Factory factory,
      Log log)
      throws InitializationException, IOException {
    LambdaRuntime runtime = new LambdaRuntime(platform, errors);
    int count;
    try {
      count = workers.of(environment, platform);
    } catch (ConfigurationException e) {
      runtime.run(
          1,
          () -> {
            throw e;
          });
      return;
    }
    runtime.run(count, () -> factory.create(environment, log));
  }

  /** Of messages only those that name a setting, and never its value, may be logged. */
  private static void notStarted(Log log, @Nullable Throwable cause) {
    String reason = cause instanceof ConfigurationException setting ? setting.getMessage() : null;
    log.error("function.not_started", "cause", cause, "reason", reason);
  }
}
