package io.openmonetize.local.host;

import io.openmonetize.logging.Log;
import io.openmonetize.runtime.InvocationHandler;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A handler on the real runtime, behind a Function URL host. */
final class HostedFunction implements AutoCloseable {
  private final LocalRuntimeApi api;
  private final FunctionUrlHost host;

  private HostedFunction(LocalRuntimeApi api, FunctionUrlHost host) {
    this.api = api;
    this.host = host;
  }

  static HostedFunction start(InvocationHandler handler) throws IOException {
    return start(handler, Duration.ofMinutes(1), OnCallerGone.DRAIN);
  }

  static HostedFunction start(
      InvocationHandler handler, Duration timeout, OnCallerGone onCallerGone) throws IOException {
    HostedFunction hosted = startWithoutRuntime(timeout, onCallerGone);
    hosted.startRuntime(handler, 3);
    return hosted;
  }

  static HostedFunction startWithoutRuntime(Duration timeout, OnCallerGone onCallerGone)
      throws IOException {
    Log log = new Log(new ByteArrayOutputStream(), Log.Level.DEBUG, Clock.systemUTC());
    LocalRuntimeApi api = LocalRuntimeApi.start(timeout, Clock.systemUTC(), log);
    return new HostedFunction(
        api, FunctionUrlHost.start(0, api, onCallerGone, Clock.systemUTC(), log));
  }

  Thread startRuntime(InvocationHandler handler, int workers) {
    var environment = RuntimeEnvironment.of(Map.of("AWS_LAMBDA_RUNTIME_API", api.authority()));
    var runtime =
        new LambdaRuntime(environment, new PrintStream(new ByteArrayOutputStream(), true));
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                runtime.run(workers, () -> handler);
              } catch (Exception e) {
                // A test that closes the API ends the runtime so.
              }
            });
  }

  int runtimeApiPort() {
    return Integer.parseInt(api.authority().split(":")[1]);
  }

  LocalRuntimeApi api() {
    return api;
  }

  /** Waits for the calls that run, and takes no more. */
  void finish() {
    host.close(Duration.ofSeconds(30));
  }

  RawHttp connect() throws IOException {
    return new RawHttp(host.port());
  }

  @Override
  public void close() {
    host.close();
    api.close();
  }
}
