package io.openmonetize.local.host;

import io.openmonetize.logging.Log;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import io.openmonetize.runtime.http1.BodyTooLargeException;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An API Gateway HTTP API with Lambda integrations: HTTP in front, payload format 2.0 behind. */
public final class HttpApiHost implements AutoCloseable {
  /** An HTTP API answers by itself after this time, which is a hard limit on AWS. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /**
   * Sends the requests of some methods and one path, any query, to a function.
   *
   * @param methods empty for all
   * @param path {@code *} for all
   */
  public record Route(
      Set<String> methods, String path, String functionName, PayloadHandler function) {
    public Route {
      methods = Set.copyOf(methods);
    }

    boolean matches(String method, String requested) {
      return (methods.isEmpty() || methods.contains(method))
          && (path.equals("*") || path.equals(requested));
    }
  }

  private final List<Route> routes;
  private final Duration answerWithin;
  private final Clock clock;
  private final Log log;
  private final ExecutorService functions = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private HttpApiHost(int port, List<Route> routes, Duration answerWithin, Clock clock, Log log)
      throws IOException {
    this.routes = List.copyOf(routes);
    this.answerWithin = answerWithin;
    this.clock = clock;
    this.log = log;
    this.server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this::handle);
  }

  /**
   * @param port 0 for any free one
   * @param routes the first that matches is taken
   * @throws IOException such as a {@link java.net.BindException} when the port is taken
   */
  public static HttpApiHost start(int port, List<Route> routes, Clock clock, Log log)
      throws IOException {
    return start(port, routes, ANSWER_WITHIN, clock, log);
  }

  static HttpApiHost start(
      int port, List<Route> routes, Duration answerWithin, Clock clock, Log log)
      throws IOException {
    return new HttpApiHost(port, routes, answerWithin, clock, log);
  }

  public int port() {
    return server.port();
  }

  /** Takes no more calls, and gives those that run this time to end. */
  public void close(Duration grace) {
    server.close(grace);
    functions.shutdownNow();
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.request().target().split("\\?", 2)[0];
    Route route =
        routes.stream()
            .filter(each -> each.matches(exchange.request().method(), path))
            .findFirst()
            .orElse(null);
    if (route == null) {
      message(exchange, 404, "Not Found");
      return;
    }
    var arrival =
        new PayloadFormat2.Arrival(
            UUID.randomUUID().toString(),
            clock.instant(),
            exchange.remote().getAddress().getHostAddress(),
            server.port());
    byte[] event;
    try {
      byte[] body = exchange.body().readAll(Limits.PAYLOAD_BYTES);
      event = PayloadFormat2.event(exchange.request(), body, arrival);
    } catch (BodyTooLargeException e) {
      event = new byte[Limits.PAYLOAD_BYTES + 1];
    }
    if (event.length > Limits.PAYLOAD_BYTES) {
      message(exchange, 413, "Request Entity Too Large");
      return;
    }
    answer(exchange, route, event, arrival);
  }

  private void answer(
      HttpExchange exchange, Route route, byte[] event, PayloadFormat2.Arrival arrival)
      throws IOException {
    var invocation =
        new Invocation(arrival.requestId(), arrival.time().plus(answerWithin), null, null, event);
    Future<byte[]> running = functions.submit(() -> route.function().answer(invocation));
    try {
      byte[] payload = running.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
      if (payload.length > Limits.PAYLOAD_BYTES) {
        log.error("function_answer_too_large", "function", route.functionName());
        message(exchange, 500, "Internal Server Error");
        return;
      }
      HttpAnswer answer = HttpAnswer.read(payload);
      Headers headers = answer.headers().with("Apigw-Requestid", arrival.requestId());
      exchange.respond(answer.status(), headers, answer.body());
    } catch (TimeoutException e) {
      running.cancel(true);
      log.error("function_timed_out", "function", route.functionName());
      message(exchange, 503, "Service Unavailable");
    } catch (ExecutionException e) {
      log.error("function_failed", "function", route.functionName(), "cause", e.getCause());
      message(exchange, 500, "Internal Server Error");
    } catch (HttpAnswer.MalformedAnswerException | IllegalArgumentException e) {
      log.error("function_answer_malformed", "function", route.functionName());
      message(exchange, 500, "Internal Server Error");
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      message(exchange, 503, "Service Unavailable");
    }
  }

  private static void message(HttpExchange exchange, int status, String message)
      throws IOException {
    exchange.respond(
        status,
        Headers.of("Content-Type", "application/json"),
        ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
