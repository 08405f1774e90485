package io.openmonetize.local.host;

import io.openmonetize.logging.Log;
import io.openmonetize.runtime.http1.BodyTooLargeException;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * A Function URL in its streaming mode: HTTP in front, events in payload format 2.0 behind, through
 * a Runtime API.
 */
public final class FunctionUrlHost implements AutoCloseable {
  /** A streaming call holds its connection for minutes; AWS would scale, here one listener does. */
  private static final HttpServer.Limits LIMITS =
      new HttpServer.Limits(Duration.ofSeconds(60), Duration.ofSeconds(20), 4096);

  private final LocalRuntimeApi api;
  private final OnCallerGone onCallerGone;
  private final Clock clock;
  private final Log log;
  private final HttpServer server;

  private FunctionUrlHost(
      int port, LocalRuntimeApi api, OnCallerGone onCallerGone, Clock clock, Log log)
      throws IOException {
    this.api = api;
    this.onCallerGone = onCallerGone;
    this.clock = clock;
    this.log = log;
    this.server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this::handle, LIMITS);
  }

  /**
   * @param port 0 for any free one
   * @throws IOException such as a {@link java.net.BindException} when the port is taken
   */
  public static FunctionUrlHost start(
      int port, LocalRuntimeApi api, OnCallerGone onCallerGone, Clock clock, Log log)
      throws IOException {
    return new FunctionUrlHost(port, api, onCallerGone, clock, log);
  }

  public int port() {
    return server.port();
  }

  /** Takes no more calls, and gives those that run this time to end. */
  public void close(Duration grace) {
    server.close(grace);
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var arrival =
        new PayloadFormat2.Arrival(
            UUID.randomUUID().toString(),
            clock.instant(),
            exchange.remote().getAddress().getHostAddress(),
            server.port());
    Headers more =
        Headers.of(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(arrival.time().atOffset(ZoneOffset.UTC)),
            "x-amzn-RequestId",
            arrival.requestId(),
            "X-Amzn-Trace-Id",
            PayloadFormat2.traceId(arrival));
    CallerRelay relay = new CallerRelay(exchange, more, onCallerGone, log);
    byte[] event;
    try {
      byte[] body = exchange.body().readAll(Limits.PAYLOAD_BYTES);
      event = PayloadFormat2.event(exchange.request(), body, arrival);
    } catch (BodyTooLargeException e) {
      event = new byte[Limits.PAYLOAD_BYTES + 1];
    }
    if (event.length > Limits.PAYLOAD_BYTES) {
      relay.tell(413, Headers.of("Content-Type", "application/json"), tooLarge());
      return;
    }
    if (onCallerGone == OnCallerGone.CANCEL) {
      // Else only a failed write tells that it has gone: a caller that closes nothing but its
      // sending side, having no more to send, still waits for its answer.
      exchange.onPeerClosed(relay::callerGone);
    }
    try {
      relay.finish(
          api.invoke(
              new HostedInvocation(
                  arrival.requestId(), event, PayloadFormat2.traceId(arrival), relay)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the host is being closed");
    }
  }

  private static byte[] tooLarge() {
    String message =
        "Request must be smaller than "
            + Limits.PAYLOAD_BYTES
            + " bytes for the InvokeFunction operation";
    return ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
  }
}
