package io.openmonetize.local;

import io.openmonetize.config.Environment;
import io.openmonetize.local.host.FunctionUrlHost;
import io.openmonetize.local.host.LocalRuntimeApi;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.ProxyFunction;
import io.openmonetize.runtime.InitializationException;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streaming proxy: its function on the real runtime, behind a Runtime API and a Function URL.
 */
final class ProxyRole {
  private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);

  private final LocalRuntimeApi api;
  private final FunctionUrlHost host;
  private final Thread runtime;

  private ProxyRole(LocalRuntimeApi api, FunctionUrlHost host, Thread runtime) {
    this.api = api;
    this.host = host;
    this.runtime = runtime;
  }

  static ProxyRole start(LocalSettings settings, Environment environment, Clock clock, Log log)
      throws IOException {
    LocalRuntimeApi api = LocalRuntimeApi.start(settings.proxyTimeout(), clock, log);
    Run run = new Run(api.authority(), settings.proxyWorkers(), environment, clock, log);
    Thread runtime = Thread.ofVirtual().name("proxy-runtime").start(run);
    try {
      if (!api.awaitPoller(STARTED_WITHIN)) {
        throw new LocalPartException("the proxy could not start: " + run.whyNot(), run.failure);
      }
      FunctionUrlHost host =
          FunctionUrlHost.start(settings.proxyPort(), api, settings.onCallerGone(), clock, log);
      return new ProxyRole(api, host, runtime);
    } catch (BindException e) {
      api.close();
      throw new PortTakenException("OM_PROXY_PORT", settings.proxyPort(), e);
    } catch (LocalPartException e) {
      api.close();
      throw e;
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + host.port());
  }

  /** Takes no more calls; those that run may end, and their usage leaves, within this time. */
  void close(Duration grace) {
    host.close(grace);
    api.close(grace);
    try {
      runtime.join(grace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The function's process, were it one of its own. */
  private static final class Run implements Runnable {
    private final RuntimeEnvironment platform;
    private final int workers;
    private final Environment environment;
    private final Clock clock;
    private final Log log;
    private volatile @Nullable Throwable failure;

    Run(String authority, int workers, Environment environment, Clock clock, Log log) {
      this.platform = RuntimeEnvironment.of(Map.of("AWS_LAMBDA_RUNTIME_API", authority));
      this.workers = workers;
      this.environment = environment;
      this.clock = clock;
      this.log = log;
    }

    @Override
    public void run() {
      try (Resource resource = new Resource()) {
        new LambdaRuntime(platform, System.err)
            .run(workers, () -> resource.keep(ProxyFunction.create(environment, clock, log)));
      } catch (InitializationException e) {
        failure = e.getCause();
      } catch (Exception e) {
        failure = e;
        log.error("proxy_ended", "cause", e);
      }
    }

    String whyNot() {
      Throwable cause = failure;
      return cause == null ? "it took too long" : String.valueOf(cause.getMessage());
    }
  }

  /** The function once it is made, to be closed after the last call. */
  private static final class Resource implements AutoCloseable {
    private @Nullable ProxyFunction function;

    ProxyFunction keep(ProxyFunction made) {
      function = made;
      return made;
    }

    @Override
    public void close() {
      if (function != null) {
        function.close();
      }
    }
  }
}
