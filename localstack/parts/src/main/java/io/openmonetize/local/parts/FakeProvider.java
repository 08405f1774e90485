package io.openmonetize.local.parts;

import io.openmonetize.runtime.http1.ChunkedOutput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that plays a provider. Each request is answered by the script that was enqueued
 * first, or else as usual, and is remembered with all its bytes.
 */
public final class FakeProvider implements AutoCloseable {
  private static final int BODY_AT_MOST = 64 * 1024 * 1024;
  private static final int CALLS_REMEMBERED = 1000;
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final Answers usual;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final Deque<ReceivedCall> calls = new ArrayDeque<>();
  private final HttpServer server;
  private long received;

  private FakeProvider(Answers usual, int port) throws IOException {
    this.usual = usual;
    this.server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this::handle);
  }

  /** On any free port. */
  public static FakeProvider start(Answers usual) throws IOException {
    return new FakeProvider(usual, 0);
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** The next request gets this answer, unless others were enqueued before. */
  public void enqueue(Script... next) {
    scripts.addAll(List.of(next));
  }

  /** The requests in the order of their arrival: the last thousand of them. */
  public List<ReceivedCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /**
   * Waits until so many requests have come since the start, and gives the last.
   *
   * @throws TimeoutException when fewer came in this time
   */
  public ReceivedCall awaitCall(int count, Duration time)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + time.toNanos();
    synchronized (calls) {
      while (received < count) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new TimeoutException(received + " of " + count + " requests came");
        }
        calls.wait(left);
      }
      return calls.getLast();
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.body().readAll(BODY_AT_MOST);
    @Nullable Script scripted = scripts.poll();
    Script script = scripted != null ? scripted : usual.answer(exchange.request(), body);
    ReceivedCall call = new ReceivedCall(exchange.request(), body, Instant.now(), script);
    remember(call);
    exchange.onPeerClosed(call::peerGone);
    ReceivedCall.End end = ReceivedCall.End.PEER_GONE;
    try {
      end = play(exchange, call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the provider is being closed");
    } finally {
      call.end(end);
    }
  }

  private void remember(ReceivedCall call) {
    synchronized (calls) {
      if (calls.size() == CALLS_REMEMBERED) {
        calls.removeFirst();
      }
      calls.add(call);
      received++;
      calls.notifyAll();
    }
  }

  private static ReceivedCall.End play(HttpExchange exchange, ReceivedCall call)
      throws IOException, InterruptedException {
    ChunkedOutput output = null;
    for (Script.Step step : call.script().steps()) {
      boolean gone = false;
      switch (step) {
        case Script.Whole(int status, Headers headers, byte[] body) -> {
          call.begin();
          exchange.respond(status, headers, body);
        }
        case Script.Head(int status, Headers headers) -> {
          call.begin();
          output = exchange.stream(status, headers);
        }
        case Script.Send(byte[] bytes) -> required(output).write(bytes, 0, bytes.length);
        case Script.Wait(Duration time) -> gone = call.waitOrGone(time);
        case Script.Silence() -> gone = call.waitOrGone(FOR_EVER);
        case Script.Cut() -> {
          exchange.abort();
          return ReceivedCall.End.CUT;
        }
      }
      if (gone) {
        exchange.abort();
        return ReceivedCall.End.PEER_GONE;
      }
    }
    if (output != null) {
      output.end();
    }
    return ReceivedCall.End.COMPLETE;
  }

  private static ChunkedOutput required(@Nullable ChunkedOutput output) {
    if (output == null) {
      throw new IllegalStateException("a script sends a body before it sends a head");
    }
    return output;
  }
}
