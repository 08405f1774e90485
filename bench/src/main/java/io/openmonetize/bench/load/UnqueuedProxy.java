package io.openmonetize.bench.load;

import io.openmonetize.config.Environment;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.ProxyFunction;
import io.openmonetize.proxy.settlement.EventSink;
import io.openmonetize.runtime.InitializationException;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import io.openmonetize.usage.UsageReaders;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The proxy's process, but that what it would enqueue goes nowhere. */
final class UnqueuedProxy {
  private UnqueuedProxy() {}

  public static void main(String[] arguments) throws IOException, InitializationException {
    Map<String, String> variables = System.getenv();
    Environment environment = new Environment(variables);
    Log log = Log.to(System.out, Log.Level.INFO);
    EventSink nowhere =
        new EventSink() {
          @Override
          public void send(QueueMessage message) {}

          @Override
          public Set<Integer> sendAll(List<UsageEvent> events) {
            return Set.of();
          }
        };
    new LambdaRuntime(RuntimeEnvironment.of(variables), System.err)
        .run(
            environment.number("OM_PROXY_WORKERS", 1, 1, 1_000),
            () ->
                ProxyFunction.create(
                    environment, Clock.systemUTC(), log, UsageReaders::of, _ -> nowhere));
  }
}
