package io.openmonetize.local.parts;

import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API for one process of a function, which gets its events one by one. It notes
 * when what came, by {@link System#nanoTime}.
 */
public final class RuntimeApiStandIn implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final int PRELUDE_END = 8;
  private static final int BODY_AT_MOST = 64 * 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(10);

  /**
   * What the function answered.
   *
   * @param prelude status and headers of a streamed response; empty for a buffered one
   * @param delivered when the event went out
   * @param firstByte when the first byte of the body came
   * @param settled when the function asked for its next event: its invocation lasts until then
   */
  public record Answer(String prelude, String body, long delivered, long firstByte, long settled) {}

  private record Received(String prelude, String body, long firstByte) {}

  private final HttpServer server;
  private byte @Nullable [] waiting;
  private @Nullable Received received;
  private @Nullable String failure;
  private int polls;
  private long polled;
  private long delivered;

  private RuntimeApiStandIn() throws IOException {
    this.server =
        HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::handle);
  }

  /** On any free port. */
  public static RuntimeApiStandIn start() throws IOException {
    return new RuntimeApiStandIn();
  }

  /** For {@code AWS_LAMBDA_RUNTIME_API}. */
  public String authority() {
    return "127.0.0.1:" + server.port();
  }

  /**
   * Waits until the function first asks for an event, and says when that was.
   *
   * @param alive whether the process still runs; there is no use in waiting once it does not
   * @throws IOException when it did not ask in this time, or has said that it cannot start
   */
  public synchronized long awaitStart(BooleanSupplier alive, Duration within)
      throws IOException, InterruptedException {
    await(() -> polls > 0, alive, within);
    return polled;
  }

  /**
   * Gives the function one event, and returns when it asks for the next one.
   *
   * @throws IOException when it does not answer in this time, or with an error
   */
  public synchronized Answer invoke(byte[] event, BooleanSupplier alive, Duration within)
      throws IOException, InterruptedException {
    int asked = polls;
    received = null;
    waiting = event;
    notifyAll();
    await(() -> received != null && polls > asked, alive, within);
    Received answer = received;
    if (answer == null) {
      throw new IllegalStateException("an answer was taken away");
    }
    return new Answer(answer.prelude(), answer.body(), delivered, answer.firstByte(), polled);
  }

  @Override
  public void close() {
    server.close();
  }

  private void await(BooleanSupplier done, BooleanSupplier alive, Duration within)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (!done.getAsBoolean()) {
      if (failure != null) {
        throw new IOException("The function reported " + failure);
      }
      if (!alive.getAsBoolean()) {
        throw new IOException("The function's process has ended");
      }
      if (System.nanoTime() > end) {
        throw new IOException("The function did nothing for " + within);
      }
      // Not the whole time at once, since nobody tells of a process's end.
      wait(50);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.request().target();
    if (path.equals(ROOT + "invocation/next")) {
      next(exchange);
      return;
    }
    if (path.endsWith("/error")) {
      String report = text(exchange.body().readAll(BODY_AT_MOST));
      fail(path + " " + report);
    } else {
      boolean streamed =
          exchange.request().headers().lists("Lambda-Runtime-Function-Response-Mode", "streaming");
      Received response = receive(exchange.body(), streamed);
      String error =
          exchange.body().trailers().first("Lambda-Runtime-Function-Error-Type").orElse(null);
      if (error == null) {
        receive(response);
      } else {
        fail(error);
      }
    }
    exchange.respond(202, Headers.NONE, new byte[0]);
  }

  private void next(HttpExchange exchange) throws IOException {
    byte[] event;
    try {
      event = take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the Runtime API is being closed");
    }
    exchange.respond(
        200,
        Headers.of(
            "Content-Type",
            "application/json",
            "Lambda-Runtime-Aws-Request-Id",
            "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(Instant.now().plus(FUNCTION_TIMEOUT).toEpochMilli()),
            "Lambda-Runtime-Trace-Id",
            "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=0",
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:123456789012:function:stand-in"),
        event);
  }

  private synchronized byte[] take() throws InterruptedException {
    polled = System.nanoTime();
    polls++;
    notifyAll();
    while (waiting == null) {
      wait();
    }
    byte[] event = waiting;
    waiting = null;
    delivered = System.nanoTime();
    return event;
  }

  private synchronized void receive(Received response) {
    received = response;
    notifyAll();
  }

  private synchronized void fail(String what) {
    failure = what;
    notifyAll();
  }

  /** A streamed response's prelude ends with eight zeros; its body begins behind them. */
  private static Received receive(InputStream response, boolean streamed) throws IOException {
    ByteArrayOutputStream prelude = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int zeros = streamed ? 0 : PRELUDE_END;
    long firstByte = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int length = response.read(buffer, 0, buffer.length);
        length >= 0;
        length = response.read(buffer, 0, buffer.length)) {
      int from = 0;
      for (; zeros < PRELUDE_END && from < length; from++) {
        zeros = buffer[from] == 0 ? zeros + 1 : 0;
        if (buffer[from] != 0) {
          prelude.write(buffer[from]);
        }
      }
      if (firstByte == 0 && from < length) {
        firstByte = System.nanoTime();
      }
      body.write(buffer, from, length - from);
    }
    return new Received(text(prelude.toByteArray()), text(body.toByteArray()), firstByte);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
