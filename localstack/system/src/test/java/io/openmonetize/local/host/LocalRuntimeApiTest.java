package io.openmonetize.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.logging.Log;
import io.openmonetize.runtime.http1.BodyInput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Runtime API as a process sees it that speaks to it by the letter. */
@Timeout(60)
class LocalRuntimeApiTest {
  private static final String NEXT = "/2018-06-01/runtime/invocation/next";

  private HostedFunction hosted;

  @BeforeEach
  void start() throws IOException {
    hosted = HostedFunction.startWithoutRuntime(Duration.ofMinutes(1), OnCallerGone.DRAIN);
  }

  @AfterEach
  void stop() {
    hosted.close();
  }

  @Test
  void next_withAnEventWaiting_hasTheEventAndItsHeaders() throws Exception {
    try (var client = hosted.connect();
        var process = process()) {
      client.post("/path", "{}");

      List<String> head = process.get(NEXT).head();

      assertThat(head.getFirst()).startsWith("HTTP/1.1 200");
      assertThat(head)
          .anyMatch(line -> line.startsWith("Lambda-Runtime-Aws-Request-Id: "))
          .anyMatch(line -> line.startsWith("Lambda-Runtime-Deadline-Ms: "))
          .anyMatch(line -> line.startsWith("Lambda-Runtime-Trace-Id: Root=1-"))
          .anyMatch(line -> line.startsWith("Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda"));
      assertThat(process.body(head)).startsWith("{\"version\":\"2.0\"");
    }
  }

  @Test
  void next_withNothingWaitingButWhatHasEnded_waits() throws Exception {
    LocalRuntimeApi api = hosted.api();
    Log log = new Log(OutputStream.nullOutputStream(), Log.Level.ERROR, Clock.systemUTC());
    var ended = new HostedInvocation("id-1", new byte[0], "Root=1", new NoReceiver());
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    api.invoke(ended);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (caller.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(5);
    }
    // Within the lock, so that the caller cannot take its event back before.
    synchronized (api) {
      ended.end(new Outcome.Throttled());
      api.next(new RuntimeConnection(api, new Socket(), log));
      assertThat(api.awaitPoller(Duration.ZERO)).isTrue();
    }
    caller.join();
  }

  @Test
  void next_ofAProcessThatDiedWhileItWaited_takesNoEvent() throws Exception {
    try (var dead = process();
        var alive = process();
        var client = hosted.connect()) {
      dead.get(NEXT);
      dead.reset();
      alive.get(NEXT);

      client.post("/", "{}");

      String id = id(alive.head());
      respond(id, "{\"statusCode\":200,\"body\":\"alive\"}");
      assertThat(client.body(client.head())).isEqualTo("alive");
    }
  }

  @Test
  void process_thatDiesWithAnEvent_isA502() throws Exception {
    try (var process = process();
        var client = hosted.connect()) {
      client.post("/", "{}");
      // The whole event: one that is handed over in part goes to another process instead.
      process.body(process.get(NEXT).head());

      process.reset();

      assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 502 Bad Gateway");
    }
  }

  @Test
  void process_thatAsksForTheNextWithoutAnAnswer_isA502() throws Exception {
    try (var process = process();
        var client = hosted.connect()) {
      client.post("/", "{}");
      process.body(process.get(NEXT).head());

      process.get(NEXT);

      assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 502 Bad Gateway");
    }
  }

  @Test
  void response_repeated_isRefused() throws Exception {
    try (var process = process();
        var client = hosted.connect()) {
      client.post("/", "{}");
      String id = id(process.get(NEXT).head());

      assertThat(respond(id, "{\"statusCode\":200}")).startsWith("HTTP/1.1 202");
      assertThat(respond(id, "{\"statusCode\":200}")).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void response_streamedWithNulsAndBodyInOneChunk_isTakenApart() throws Exception {
    try (var process = process();
        var client = hosted.connect()) {
      client.post("/", "{}");
      String id = id(process.get(NEXT).head());

      try (var response = process()) {
        String body = "{\"statusCode\":202}" + "\0".repeat(8) + "body";
        response.send(
            "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\nHost: api\n".formatted(id)
                + "Content-Type: application/vnd.awslambda.http-integration-response\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\n"
                + "Transfer-Encoding: chunked",
            (Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n").getBytes(UTF_8));
        assertThat(response.head().getFirst()).startsWith("HTTP/1.1 202");
      }

      assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 202 Accepted");
      assertThat(client.chunkText()).isEqualTo("body");
    }
  }

  @Test
  void response_cutBeforeItsEnd_breaksTheCallersConnection() throws Exception {
    try (var process = process();
        var client = hosted.connect()) {
      client.post("/", "{}");
      String id = id(process.get(NEXT).head());
      try (var response = process()) {
        String start = "{\"statusCode\":200}" + "\0".repeat(8);
        response.send(
            "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\nHost: api\n".formatted(id)
                + "Content-Type: application/vnd.awslambda.http-integration-response\n"
                + "Lambda-Runtime-Function-Response-Mode: streaming\n"
                + "Transfer-Encoding: chunked",
            (Integer.toHexString(start.length()) + "\r\n" + start + "\r\n4\r\nhalf\r\n")
                .getBytes(UTF_8));
        client.head();
        assertThat(client.chunkText()).isEqualTo("half");
      }

      assertThatThrownBy(client::chunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void initError_withACallerWaiting_isA502() throws Exception {
    try (var process = process();
        var client = hosted.connect()) {
      client.post("/", "{}");
      assertThat(process.post("/2018-06-01/runtime/init/error", "{}").head().getFirst())
          .startsWith("HTTP/1.1 202");

      assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 502 Bad Gateway");
    }
  }

  @Test
  void close_withAProcessWaiting_tellsItThatThereIsNoMore() throws Exception {
    try (var process = process()) {
      process.get(NEXT);
      Thread closing = Thread.ofVirtual().start(() -> hosted.api().close(Duration.ofSeconds(30)));

      assertThat(process.head().getFirst()).startsWith("HTTP/1.1 410");
      process.reset();
      closing.join();
    }
  }

  @Test
  void close_withARealRuntimeWaiting_endsIt() throws Exception {
    Thread runtime = hosted.startRuntime((invocation, responder) -> {}, 2);
    try (var client = hosted.connect()) {
      // Answered by the runtime, which is hence there.
      client.post("/", "{}").head();
    }

    hosted.api().close(Duration.ofSeconds(30));

    assertThat(runtime.join(Duration.ofSeconds(30))).isTrue();
  }

  private static final class NoReceiver implements ResponseReceiver {
    @Override
    public void buffered(byte[] payload) {
      throw new AssertionError("There is no response");
    }

    @Override
    public void streamed(boolean withPrelude, BodyInput body, Runnable cancel) {
      throw new AssertionError("There is no response");
    }
  }

  private RawHttp process() throws IOException {
    return new RawHttp(hosted.runtimeApiPort());
  }

  private String respond(String id, String answer) throws IOException {
    try (var response = process()) {
      return response
          .post("/2018-06-01/runtime/invocation/" + id + "/response", answer)
          .head()
          .getFirst();
    }
  }

  private static String id(List<String> head) {
    String name = "Lambda-Runtime-Aws-Request-Id: ";
    return head.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow()
        .substring(name.length());
  }
}
