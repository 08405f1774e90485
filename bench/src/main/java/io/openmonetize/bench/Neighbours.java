package io.openmonetize.bench;

import io.openmonetize.runtime.http1.ChunkedOutput;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import io.openmonetize.usage.json.JsonFragments;
import io.openmonetize.usage.json.JsonValue.JsonObject;
import io.openmonetize.usage.json.JsonValue.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Everything that the proxy speaks to, as a process of its own so that its processor time is not
 * counted: the platform's Runtime API, the provider, the queue and the key store, behind one port.
 *
 * <p>It prints its port, and then for each line with a number it gives the proxy so many
 * invocations, one behind the other, and answers with a line when the last of them is settled.
 */
public final class Neighbours {
  private static final String RUNTIME_API = "/2018-06-01/runtime/";
  private static final Headers JSON = Headers.of("Content-Type", "application/x-amz-json-1.0");
  private static final int PRELUDE_END = 8;
  private static final int BODY_AT_MOST = 1 << 20;

  private final Shape shape;
  private final List<byte[]> frames;
  private final Semaphore invocations = new Semaphore(0);
  private int polls;
  private long arrived;

  private Neighbours(Shape shape) {
    this.shape = shape;
    this.frames = shape.frames(ReadingShare.PIECES);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Neighbours neighbours = new Neighbours(Shape.valueOf(arguments[0]));
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (HttpServer server = HttpServer.start(anyPort, neighbours::handle);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      System.out.println(server.port());
      String command = commands.readLine();
      while (command != null) {
        neighbours.run(Integer.parseInt(command));
        System.out.println("settled");
        command = commands.readLine();
      }
    }
  }

  /** The worker asks for the next invocation when the last one is settled. */
  private synchronized void run(int count) throws InterruptedException {
    while (polls == 0) {
      wait();
    }
    int settled = polls + count;
    invocations.release(count);
    while (polls < settled) {
      wait();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.request().headers().first("x-amz-target").orElse("");
    String path = exchange.request().target();
    try {
      if (target.endsWith(".GetItem")) {
        exchange.respond(200, JSON, utf8(ReadingShare.KEY_ITEM));
      } else if (target.endsWith(".SendMessage")) {
        acknowledge(exchange);
      } else if (path.equals(RUNTIME_API + "invocation/next")) {
        invoke(exchange);
      } else if (path.startsWith(RUNTIME_API)) {
        receive(exchange.body());
        exchange.respond(202, Headers.of(), new byte[0]);
      } else {
        provide(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void invoke(HttpExchange exchange) throws IOException, InterruptedException {
    synchronized (this) {
      polls++;
      arrived = 0;
      notifyAll();
    }
    invocations.acquire();
    exchange.respond(
        200,
        Headers.of(
            "Lambda-Runtime-Aws-Request-Id",
            "r-1",
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(Instant.now().plusSeconds(600).toEpochMilli()),
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:123456789012:function:proxy"),
        utf8(ReadingShare.event(shape)));
  }

  /** The caller's end: counts the bytes of the body, which begins behind eight zeros. */
  private void receive(InputStream response) throws IOException {
    byte[] buffer = new byte[BODY_AT_MOST];
    int zeros = 0;
    int length = response.read(buffer, 0, buffer.length);
    while (length >= 0) {
      int from = 0;
      while (zeros < PRELUDE_END && from < length) {
        zeros = buffer[from] == 0 ? zeros + 1 : 0;
        from++;
      }
      synchronized (this) {
        arrived += length - from;
        notifyAll();
      }
      length = response.read(buffer, 0, buffer.length);
    }
  }

  /** Each frame is sent when the caller has the last one, as tokens come one by one. */
  private void provide(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.body().readAll(BODY_AT_MOST);
    ChunkedOutput output =
        exchange.stream(
            200, Headers.of("Content-Type", "text/event-stream", "request-id", "req_1"));
    long sent = 0;
    for (byte[] frame : frames) {
      output.write(frame, 0, frame.length);
      sent += frame.length;
      synchronized (this) {
        while (arrived < sent) {
          wait();
        }
      }
    }
    output.end();
  }

  private static void acknowledge(HttpExchange exchange) throws IOException {
    byte[] request = exchange.body().readAll(BODY_AT_MOST);
    JsonObject message = JsonFragments.object(request, 0, request.length).orElseThrow();
    String body = ((JsonString) message.get("MessageBody")).text();
    exchange.respond(
        200, JSON, utf8("{\"MessageId\":\"m-1\",\"MD5OfMessageBody\":\"" + md5(body) + "\"}"));
  }

  /** The client checks it. */
  private static String md5(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(utf8(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
