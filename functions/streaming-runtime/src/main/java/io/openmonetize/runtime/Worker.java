package io.openmonetize.runtime;

import java.io.IOException;
import java.util.Optional;

/** One invocation after the other, until the Runtime API says that there are no more. */
final class Worker implements AutoCloseable {
  private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

  private final RuntimeApi api;
  private final InvocationHandler handler;
  private final ResponseTimer timer;
  private final RuntimeLog log;
  private final boolean alone;

  /**
   * @param alone whether the process has no other worker. The trace header is then set as the
   *     system property where tracers look for it; it can hold but one, so several workers leave it
   *     to {@link Invocation#traceId()}
   */
  Worker(
      RuntimeApi api,
      InvocationHandler handler,
      ResponseTimer timer,
      RuntimeLog log,
      boolean alone) {
    this.api = api;
    this.handler = handler;
    this.timer = timer;
    this.log = log;
    this.alone = alone;
  }

  void run() throws RuntimeApiException {
    Optional<Invocation> next = api.next();
    while (next.isPresent()) {
      handle(next.get());
      next = api.next();
    }
  }

  @Override
  public void close() throws IOException {
    api.close();
  }

  private void handle(Invocation invocation) throws RuntimeApiException {
    if (alone) {
      trace(invocation);
    }
    InvocationResponder responder = new InvocationResponder(api, invocation, timer, log);
    try {
      handler.handle(invocation, responder);
    } catch (Exception e) {
      responder.failed(e);
      return;
    } catch (Error e) {
      // Out of memory, a class that does not link: nothing says that the next invocation fares
      // better, and a new process may.
      responder.failed(e);
      throw e;
    }
    responder.returned();
  }

  private static void trace(Invocation invocation) {
    if (invocation.traceId() == null) {
      System.clearProperty(TRACE_PROPERTY);
    } else {
      System.setProperty(TRACE_PROPERTY, invocation.traceId());
    }
  }
}
