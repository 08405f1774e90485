package io.openmonetize.proxy;

import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.InitializationException;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import java.io.IOException;
import java.time.Clock;

/** The process that Lambda starts. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Environment environment = new Environment(System.getenv());
    Log log = Log.to(System.out, Log.Level.of(environment.get("LOG_LEVEL", "INFO")));
    RuntimeEnvironment platform = RuntimeEnvironment.of(System.getenv());
    int workers = environment.number("OM_PROXY_WORKERS", platform.maxConcurrency(), 1, 1_000);
    try {
      new LambdaRuntime(platform, System.err)
          .run(workers, () -> ProxyFunction.create(environment, Clock.systemUTC(), log));
    } catch (InitializationException e) {
      // The platform has been told; the exit code is for whoever runs this by hand.
      log.error("function.not_started", "cause", e.getCause());
      System.exit(1);
    }
  }
}
