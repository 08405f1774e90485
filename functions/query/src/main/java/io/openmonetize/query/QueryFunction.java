package io.openmonetize.query;

import io.openmonetize.config.Environment;
import io.openmonetize.keys.KeyStoreUnavailableException;
import io.openmonetize.lambda.HttpEvent;
import io.openmonetize.lambda.HttpReply;
import io.openmonetize.lambda.MalformedPayloadException;
import io.openmonetize.logging.Log;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.ErrorCode;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.HttpApi;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.query.http.SecurityHeaders;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The function behind the HTTP API that reads, manages keys, and serves the dashboard. Every call
 * gets an answer: what goes wrong inside becomes a 500 or 503 with the request's id, which the log
 * names too.
 */
public final class QueryFunction implements PayloadHandler {
  private static final String REQUEST_ID = "x-om-request-id";

  private final Handler routes;
  private final SecurityHeaders securityHeaders;
  private final Log log;

  QueryFunction(Handler routes, SecurityHeaders securityHeaders, Log log) {
    this.routes = routes;
    this.securityHeaders = securityHeaders;
    this.log = log;
  }

  public static QueryFunction create(
      Environment environment, Clock clock, SecureRandom random, Log log) {
    return new QueryFunction(
        new Composition(environment, clock, random, log).handler(),
        securityHeaders(environment),
        log);
  }

  /** Reads tables through this client, such as one that counts what is read. */
  public static QueryFunction create(
      Environment environment, DynamoDbClient dynamoDb, Clock clock, SecureRandom random, Log log) {
    return new QueryFunction(
        new Composition(environment, dynamoDb, clock, random, log).handler(),
        securityHeaders(environment),
        log);
  }

  private static SecurityHeaders securityHeaders(Environment environment) {
    return new SecurityHeaders(environment.findUrl("OM_PROXY_URL").orElse(null));
  }

  @Override
  public byte[] answer(Invocation invocation) throws MalformedPayloadException {
    return answer(HttpEvent.read(invocation.event())).toJson();
  }

  private HttpReply answer(HttpEvent event) {
    String requestId = event.requestId();
    Request request;
    try {
      request = HttpApi.read(event);
    } catch (Refusal e) {
      return HttpApi.write(e.answer(requestId).with(REQUEST_ID, requestId));
    }
    Answer answer = securityHeaders.add(answer(request), request).with(REQUEST_ID, requestId);
    log.debug(
        "answered", "method", request.method(), "status", answer.status(), "request_id", requestId);
    return HttpApi.write(request.method().equals("HEAD") ? answer.withoutBody() : answer);
  }

  private Answer answer(Request request) {
    try {
      return routes.handle(request);
    } catch (Refusal e) {
      return e.answer(request.requestId());
    } catch (SdkException | KeyStoreUnavailableException e) {
      log.error("store_failed", "request_id", request.requestId(), "cause", e);
      return Refusal.error(
          ErrorCode.UNAVAILABLE, "The store did not answer. Try again.", request.requestId());
    } catch (RuntimeException e) {
      log.error("call_failed", "request_id", request.requestId(), "cause", e, "at", placeOf(e));
      return Refusal.error(
          ErrorCode.INTERNAL_ERROR, "Something went wrong here.", request.requestId());
    }
  }

  /** Where it was thrown; its message is left out, since that may repeat what it stumbled over. */
  private static String placeOf(RuntimeException e) {
    return e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0].toString();
  }
}
