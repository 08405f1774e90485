package io.openmonetize.proxy;

import io.openmonetize.events.Provider;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.admission.Admission;
import io.openmonetize.proxy.admission.Decision;
import io.openmonetize.proxy.relay.Caller;
import io.openmonetize.proxy.relay.OwnTime;
import io.openmonetize.proxy.reply.Cors;
import io.openmonetize.proxy.reply.Failure;
import io.openmonetize.proxy.reply.Health;
import io.openmonetize.proxy.reply.ProviderErrors;
import io.openmonetize.proxy.reply.Refusals;
import io.openmonetize.proxy.request.FunctionUrlRequest;
import io.openmonetize.proxy.request.FunctionUrlRequestParser;
import io.openmonetize.proxy.request.MalformedRequestException;
import io.openmonetize.proxy.request.Route;
import io.openmonetize.proxy.request.Routes;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.InvocationHandler;
import io.openmonetize.runtime.Responder;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole proxy as one function. The checks run in the order of the contract: route, ids, key.
 */
final class ProxyHandler implements InvocationHandler {
  private static final String REQUEST_ID = "x-om-request-id";

  private final Admission admission;
  private final ProxiedCalls calls;
  private final Health health;
  private final Cors cors;
  private final Supplier<UUID> ids;
  private final boolean tellsTime;
  private final Log log;

  /**
   * @param tellsTime whether answers carry {@code server-timing}
   */
  ProxyHandler(
      Admission admission,
      ProxiedCalls calls,
      Health health,
      Cors cors,
      Supplier<UUID> ids,
      boolean tellsTime,
      Log log) {
    this.admission = admission;
    this.calls = calls;
    this.health = health;
    this.cors = cors;
    this.ids = ids;
    this.tellsTime = tellsTime;
    this.log = log;
  }

  @Override
  public void handle(Invocation invocation, Responder responder) {
    @Nullable OwnTime time = tellsTime ? new OwnTime() : null;
    String requestId = ids.get().toString();
    Instant endBy = invocation.deadline().minus(CallPolicy.CALLER_RESERVE);
    FunctionUrlRequest request;
    try {
      request = FunctionUrlRequestParser.parse(invocation.event());
    } catch (MalformedRequestException e) {
      log.warn("request.malformed", "request_id", requestId, "reason", e.getMessage());
      new Caller(responder, endBy, Map.of(REQUEST_ID, requestId), time)
          .reply(Refusals.MALFORMED_REQUEST);
      return;
    }
    Map<String, String> own = new HashMap<>(cors.answer(request.headers()));
    own.put(REQUEST_ID, requestId);
    Caller caller = new Caller(responder, endBy, own, time);
    Route route = Routes.of(request);
    try {
      switch (route) {
        case Route.Preflight() -> caller.reply(cors.preflight(request.headers()));
        case Route.Health(var probe) -> caller.reply(health.answer(probe));
        case Route.Unknown() -> caller.reply(Refusals.UNKNOWN_PATH);
        case Route.Unsafe() -> caller.reply(Refusals.UNSAFE_PATH);
        case Route.Proxied proxied -> admit(proxied, request, requestId, invocation, caller);
      }
    } catch (RuntimeException fault) {
      log.error("proxy.failed", "request_id", requestId, "cause", fault);
      Provider provider = route instanceof Route.Proxied p ? p.provider() : Provider.OPENAI;
      caller.failed(ProviderErrors.reply(provider, Failure.INTERNAL));
    }
  }

  private void admit(
      Route.Proxied route,
      FunctionUrlRequest request,
      String requestId,
      Invocation invocation,
      Caller caller) {
    switch (admission.decide(request.headers())) {
      case Decision.Refused(var reply) -> {
        log.debug("call.refused", "request_id", requestId, "status", reply.status());
        caller.reply(reply);
      }
      case Decision.Granted granted ->
          calls.run(route, request, granted, requestId, invocation, caller);
    }
  }
}
