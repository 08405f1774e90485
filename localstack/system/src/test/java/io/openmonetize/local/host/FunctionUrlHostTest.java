package io.openmonetize.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.runtime.InvocationHandler;
import io.openmonetize.runtime.Prelude;
import io.openmonetize.runtime.ResponseStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FunctionUrlHostTest {
  private static final Prelude OK =
      new Prelude(200, Map.of("content-type", "text/plain"), List.of());

  @Test
  void streamedResponse_whileItIsWritten_arrivesChunkByChunk() throws Exception {
    CountDownLatch firstHasArrived = new CountDownLatch(1);
    InvocationHandler handler =
        (invocation, responder) -> {
          ResponseStream stream = responder.stream(OK);
          write(stream, "one");
          firstHasArrived.await();
          write(stream, "two");
          stream.end();
        };
    try (var hosted = HostedFunction.start(handler);
        var client = hosted.connect()) {
      client.post("/", "{}");

      assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(client.chunkText()).isEqualTo("one");
      firstHasArrived.countDown();
      assertThat(client.chunkText()).isEqualTo("two");
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  void streamedResponse_withHeadersAndCookies_passesThemOn() throws Exception {
    Prelude prelude =
        new Prelude(201, Map.of("x-one", "1", "server", "provider"), List.of("a=1; Path=/", "b=2"));
    try (var hosted = HostedFunction.start(streaming(prelude, "x"));
        var client = hosted.connect()) {
      List<String> head = client.post("/", "{}").head();

      assertThat(head.getFirst()).isEqualTo("HTTP/1.1 201 Created");
      assertThat(head)
          .contains(
              "x-one: 1",
              "x-amzn-Remapped-server: provider",
              "Set-Cookie: a=1; Path=/",
              "Set-Cookie: b=2")
          .anyMatch(line -> line.startsWith("x-amzn-RequestId: "));
    }
  }

  @Test
  void streamedResponse_of204_hasNoBody() throws Exception {
    InvocationHandler handler =
        (invocation, responder) -> responder.stream(new Prelude(204, Map.of(), List.of())).end();
    try (var hosted = HostedFunction.start(handler);
        var client = hosted.connect()) {
      List<String> head = client.post("/", "{}").head();
      assertThat(head.getFirst()).isEqualTo("HTTP/1.1 204 No Content");

      assertThat(client.get("/").head().getFirst()).isEqualTo("HTTP/1.1 204 No Content");
    }
  }

  @Test
  void bufferedResponse_inFormat2_becomesAResponse() throws Exception {
    String answer =
        """
        {"statusCode":404,"headers":{"x-one":"1"},"cookies":["a=1"],"body":"AP8=",\
        "isBase64Encoded":true}\
        """;
    InvocationHandler handler =
        (invocation, responder) -> responder.respond(answer.getBytes(UTF_8));
    try (var hosted = HostedFunction.start(handler);
        var client = hosted.connect()) {
      List<String> head = client.post("/", "{}").head();

      assertThat(head.getFirst()).isEqualTo("HTTP/1.1 404 Not Found");
      assertThat(head).contains("x-one: 1", "Set-Cookie: a=1", "Content-Length: 2");
      assertThat(client.bytes(2)).isEqualTo(new byte[] {0, (byte) 0xff});
    }
  }

  @Test
  void handler_thatFailsBeforeItsResponse_isA502() throws Exception {
    InvocationHandler handler =
        (invocation, responder) -> {
          throw new IllegalStateException("not for the caller");
        };
    try (var hosted = HostedFunction.start(handler);
        var client = hosted.connect()) {
      List<String> head = client.post("/", "{}").head();

      assertThat(head.getFirst()).isEqualTo("HTTP/1.1 502 Bad Gateway");
      assertThat(client.body(head)).isEqualTo("Internal Server Error");
    }
  }

  @Test
  void handler_thatFailsAmidItsResponse_breaksTheCallersConnection() throws Exception {
    InvocationHandler handler =
        (invocation, responder) -> {
          ResponseStream stream = responder.stream(OK);
          write(stream, "half");
          stream.fail("Upstream.Interrupted", "the provider broke off");
        };
    try (var hosted = HostedFunction.start(handler);
        var client = hosted.connect()) {
      client.post("/", "{}").head();

      assertThat(client.chunkText()).isEqualTo("half");
      assertThatThrownBy(client::chunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void request_ofMoreThan6MegabytesOfEvent_isA413() throws Exception {
    // 5 MB of quotes are 10 MB once they are escaped.
    String body = "\"".repeat(5 * 1024 * 1024);
    try (var hosted = HostedFunction.start(streaming(OK, "never"));
        var client = hosted.connect()) {
      List<String> head = client.post("/", body).head();

      assertThat(head.getFirst()).isEqualTo("HTTP/1.1 413 Content Too Large");
      assertThat(client.body(head)).contains("must be smaller than 6291456 bytes");
    }
  }

  @Test
  void caller_whoEndsSendingOnly_getsTheWholeResponse() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<String> end = new CompletableFuture<>();
    try (var hosted = HostedFunction.start(writingAfter(left, end));
        var client = hosted.connect()) {
      client.post("/", "{}").endSending();
      client.head();
      assertThat(client.chunkText()).isEqualTo("first");
      left.countDown();

      for (int i = 0; i < 100; i++) {
        assertThat(client.chunkText()).isEqualTo("more");
      }
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  void caller_whoLeaves_isNoFaultOfTheHosts() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<String> end = new CompletableFuture<>();
    Logger logger = Logger.getLogger("io.openmonetize.runtime.http1.ServerConnection");
    List<String> errors = new CopyOnWriteArrayList<>();
    logger.setFilter(
        line -> {
          errors.add(line.getLevel() + " " + line.getMessage());
          return true;
        });
    try (var hosted = HostedFunction.start(writingAfter(left, end))) {
      leaveAfterTheFirstChunk(hosted, left);
      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("wrote all");
      hosted.finish();

      assertThat(errors).noneMatch(line -> line.startsWith("SEVERE"));
    } finally {
      logger.setFilter(null);
    }
  }

  @Test
  void caller_whoLeaves_isNoReasonToStopByDefault() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<String> end = new CompletableFuture<>();
    try (var hosted = HostedFunction.start(writingAfter(left, end))) {
      leaveAfterTheFirstChunk(hosted, left);

      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("wrote all");
    }
  }

  @Test
  void caller_whoLeaves_breaksTheFunctionsConnectionWhereCancelIsSet() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CompletableFuture<String> end = new CompletableFuture<>();
    try (var hosted =
        HostedFunction.start(writingAfter(left, end), Duration.ofMinutes(1), OnCallerGone.CANCEL)) {
      leaveAfterTheFirstChunk(hosted, left);

      assertThat(end.get(60, TimeUnit.SECONDS)).isEqualTo("broken");
    }
  }

  @Test
  void handler_thatOutlastsItsTimeout_isA502() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    InvocationHandler handler = (invocation, responder) -> never.await();
    try (var hosted = HostedFunction.start(handler, Duration.ofMillis(200), OnCallerGone.DRAIN);
        var client = hosted.connect()) {
      assertThat(client.post("/", "{}").head().getFirst()).isEqualTo("HTTP/1.1 502 Bad Gateway");
      never.countDown();
    }
  }

  @Test
  void handler_thatOutlastsItsTimeoutAmidItsResponse_breaksTheCallersConnection() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    InvocationHandler handler =
        (invocation, responder) -> {
          write(responder.stream(OK), "half");
          never.await();
        };
    try (var hosted = HostedFunction.start(handler, Duration.ofSeconds(2), OnCallerGone.DRAIN);
        var client = hosted.connect()) {
      client.post("/", "{}").head();
      client.chunk();

      assertThatThrownBy(client::chunk).isInstanceOf(IOException.class);
      never.countDown();
    }
  }

  private static void leaveAfterTheFirstChunk(HostedFunction hosted, CountDownLatch left)
      throws IOException {
    try (RawHttp client = hosted.connect()) {
      client.post("/", "{}").head();
      client.chunk();
      client.reset();
    }
    left.countDown();
  }

  /** Writes for so long after the caller has left that a broken connection must show. */
  private static InvocationHandler writingAfter(
      CountDownLatch left, CompletableFuture<String> end) {
    return (invocation, responder) -> {
      ResponseStream stream = responder.stream(OK);
      write(stream, "first");
      left.await();
      try {
        for (int i = 0; i < 100; i++) {
          write(stream, "more");
          Thread.sleep(10);
        }
        stream.end();
        end.complete("wrote all");
      } catch (IOException e) {
        end.complete("broken");
      }
    };
  }

  private static InvocationHandler streaming(Prelude prelude, String body) {
    return (invocation, responder) -> {
      ResponseStream stream = responder.stream(prelude);
      write(stream, body);
      stream.end();
    };
  }

  private static void write(ResponseStream stream, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    stream.write(bytes, 0, bytes.length);
  }
}
