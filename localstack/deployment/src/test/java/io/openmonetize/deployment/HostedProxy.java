package io.openmonetize.deployment;

import io.openmonetize.config.Environment;
import io.openmonetize.local.host.FunctionUrlHost;
import io.openmonetize.local.host.LocalRuntimeApi;
import io.openmonetize.local.host.OnCallerGone;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.ProxyFunction;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The proxy on its own runtime behind a function URL that streams, which emulators lack. */
final class HostedProxy implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int WORKERS = 4;

  private final LocalRuntimeApi api;
  private final FunctionUrlHost host;

  private HostedProxy(LocalRuntimeApi api, FunctionUrlHost host) {
    this.api = api;
    this.host = host;
  }

  static HostedProxy start(Environment environment, Clock clock, Log log) throws IOException {
    LocalRuntimeApi api = LocalRuntimeApi.start(TIMEOUT, clock, log);
    Thread.ofVirtual().name("proxy-runtime").start(() -> run(api, environment, clock, log));
    if (!api.awaitPoller(TIMEOUT)) {
      api.close();
      throw new IOException("the proxy did not start");
    }
    return new HostedProxy(api, FunctionUrlHost.start(0, api, OnCallerGone.DRAIN, clock, log));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + host.port());
  }

  @Override
  public void close() {
    host.close(GRACE);
    api.close(GRACE);
  }

  private static void run(LocalRuntimeApi api, Environment environment, Clock clock, Log log) {
    try {
      new LambdaRuntime(
              RuntimeEnvironment.of(Map.of("AWS_LAMBDA_RUNTIME_API", api.authority())), System.err)
          .run(WORKERS, () -> ProxyFunction.create(environment, clock, log));
    } catch (Exception e) {
      log.error("proxy_ended", "cause", e);
    }
  }
}
