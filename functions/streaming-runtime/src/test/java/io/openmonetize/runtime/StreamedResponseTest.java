package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.runtime.FakeRuntimeApi.Post;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedResponseTest extends RuntimeTest {
  private static final Prelude OK = new Prelude(200, Map.of(), List.of());
  private static final String NULS = "\0".repeat(8);
  private static final String OK_PRELUDE = "{\"statusCode\":200,\"headers\":{}}" + NULS;

  @Test
  void stream_success_exactBytesAndNoTrailers() throws Exception {
    api.event("id-1");
    Prelude prelude =
        new Prelude(
            201, Map.of("x-b", "2", "content-type", "text/event-stream"), List.of("a=1", "b=2"));

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(prelude);
          write(stream, "data: one\n\n");
          write(stream, "data: two\n\n");
          stream.end();
        });

    ReceivedRequest response = api.response("id-1");
    assertThat(response.head().subList(2, response.head().size()))
        .containsExactly(
            "Content-Type: application/vnd.awslambda.http-integration-response",
            "Lambda-Runtime-Function-Response-Mode: streaming",
            "Transfer-Encoding: chunked",
            "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body");
    assertThat(response.chunks().stream().map(RuntimeTest::text))
        .containsExactly(
            "{\"statusCode\":201,"
                + "\"headers\":{\"content-type\":\"text/event-stream\",\"x-b\":\"2\"},"
                + "\"cookies\":[\"a=1\",\"b=2\"]}"
                + NULS,
            "data: one\n\n",
            "data: two\n\n");
    assertThat(response.trailers()).isEmpty();
    assertThat(log()).isEmpty();
  }

  @Test
  void stream_nothingWrittenYet_preludeHasArrivedInAChunkOfItsOwn() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          assertThat(text(api.awaitChunk())).isEqualTo(OK_PRELUDE);
          write(stream, "body");
          stream.end();
        });

    assertThat(api.response("id-1").chunks()).hasSize(2);
  }

  @Test
  void stream_connectionRefused_invocationIsReportedAsFailed() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          api.refuseConnections();
          answer.stream(OK);
        });

    assertThat(api.posts("id-1", "response")).isEmpty();
    assertThat(api.posts("id-1", "error").getFirst().header("Lambda-Runtime-Function-Error-Type"))
        .containsExactly("java.net.ConnectException");
  }

  @Test
  void write_eachChunk_arrivesBeforeTheNextIsWritten() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          api.awaitChunk();
          for (int i = 0; i < 100; i++) {
            String event = "data: " + i + "\n\n";
            write(stream, event);
            assertThat(text(api.awaitChunk())).isEqualTo(event);
            assertThat(api.hasChunk()).isFalse();
          }
          stream.end();
        });

    assertThat(api.response("id-1").chunks()).hasSize(101);
  }

  @Test
  void write_partOfABuffer_onlyThatPart() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          stream.write(bytes("abcdef"), 2, 3);
          stream.end();
        });

    assertThat(text(api.response("id-1").chunks().get(1))).isEqualTo("cde");
  }

  @Test
  void write_oneMegabyteOfAllBytes_oneChunkUnaltered() throws Exception {
    byte[] large = new byte[1024 * 1024];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 >>> 3);
    }
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          stream.write(large, 0, large.length);
          stream.end();
        });

    assertThat(api.response("id-1").chunks()).hasSize(2);
    assertThat(api.response("id-1").chunks().get(1)).isEqualTo(large);
  }

  @Test
  void stream_twoInvocations_eachOverAConnectionOfItsOwn() throws Exception {
    api.event("id-1").event("id-2");

    run(StreamedResponseTest::streamOk);

    // The fake also checks that the runtime closes each of them.
    assertThat(api.received())
        .extracting(ReceivedRequest::connection)
        .containsExactly(1, 2, 1, 3, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 302, 304, 403})
  void end_emptyBody_oneByteIsSentWhateverTheStatus(int status) throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(new Prelude(status, Map.of(), List.of()));
          stream.write(new byte[0], 0, 0);
          stream.end();
        });

    assertThat(api.response("id-1").chunks().stream().map(RuntimeTest::text))
        .containsExactly("{\"statusCode\":" + status + ",\"headers\":{}}" + NULS, "\n");
  }

  @Test
  void end_twice_theSecondDoesNothing() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          write(stream, "body");
          stream.end();
          stream.end();
          stream.fail("Too.Late", "after the end");
          assertThatThrownBy(() -> write(stream, "more")).isInstanceOf(IllegalStateException.class);
        });

    assertThat(api.response("id-1").chunks()).hasSize(2);
    assertThat(api.response("id-1").trailers()).isEmpty();
  }

  @Test
  void end_workAfterIt_happensWithTheResponseDeliveredAndBeforeTheNextInvocation()
      throws Exception {
    api.event("id-1").event("id-2");
    List<Integer> requestsSeen = new ArrayList<>();

    run(
        (call, answer) -> {
          streamOk(call, answer);
          assertThat(api.response(call.requestId()).chunks()).hasSize(2);
          requestsSeen.add(api.received().size());
        });

    assertThat(requestsSeen).containsExactly(2, 4);
  }

  @Test
  void fail_afterBytes_bothTrailersAndTheBodyInBase64() throws Exception {
    api.event("id-1").event("id-2");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          write(stream, "half");
          stream.fail("Upstream.Interrupted", "line one\nline \"two\"");
        });

    ReceivedRequest response = api.response("id-1");
    assertThat(response.trailer("Lambda-Runtime-Function-Error-Type"))
        .isEqualTo("Upstream.Interrupted");
    assertThat(errorBody(response))
        .isEqualTo(
            "{\"errorMessage\":\"line one\\u000aline \\\"two\\\"\","
                + "\"errorType\":\"Upstream.Interrupted\",\"stackTrace\":[]}");
    assertThat(response.trailers()).hasSize(2);
    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void fail_typeThatWouldBreakTheTrailer_refusedAndTheResponseFailsForThatReason()
      throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          write(stream, "half");
          stream.fail("Bad\r\nX-Injected: yes", SECRET);
        });

    assertThat(api.response("id-1").trailer("Lambda-Runtime-Function-Error-Type"))
        .isEqualTo("java.lang.IllegalArgumentException");
  }

  @Test
  void handle_throwsAfterBytes_trailersWithoutItsMessage() throws Exception {
    api.event("id-1").event("id-2");

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          write(stream, "half");
          throw new IOException(SECRET, new IllegalStateException(SECRET));
        });

    ReceivedRequest response = api.response("id-1");
    assertThat(response.trailer("Lambda-Runtime-Function-Error-Type"))
        .isEqualTo("java.io.IOException");
    assertThat(errorBody(response))
        .contains("\"errorMessage\":\"The function failed with java.io.IOException\"")
        .contains("StreamedResponseTest")
        .doesNotContain("IllegalStateException")
        .doesNotContain(SECRET);
    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void handle_throwsAfterTheEnd_onlyLogged() throws Exception {
    api.event("id-1").event("id-2");

    run(
        (call, answer) -> {
          streamOk(call, answer);
          throw new IllegalStateException(SECRET);
        });

    assertThat(api.response("id-1").trailers()).isEmpty();
    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(log()).contains("id-1").contains("IllegalStateException");
  }

  @Test
  void handle_returnsWithoutTheEnd_theResponseIsFailed() throws Exception {
    api.event("id-1").event("id-2");

    run((call, answer) -> write(answer.stream(OK), "half"));

    assertThat(api.response("id-1").trailer("Lambda-Runtime-Function-Error-Type"))
        .isEqualTo("Runtime.OpenResponse");
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void write_platformResetsTheConnection_responseClosedAndTheNextInvocationIsServed()
      throws Exception {
    api.event("id-1").onPost("id-1", new Post.ResetAfter(3)).event("id-2");

    run(
        (call, answer) -> {
          if (call.requestId().equals("id-2")) {
            streamOk(call, answer);
            return;
          }
          ResponseStream stream = answer.stream(OK);
          assertThatThrownBy(() -> writeForever(stream))
              .isInstanceOf(ResponseClosedException.class);
          assertThatThrownBy(() -> write(stream, "more"))
              .isInstanceOf(ResponseClosedException.class);
          assertThatThrownBy(stream::end).isInstanceOf(ResponseClosedException.class);
          assertThatThrownBy(stream::end).isInstanceOf(ResponseClosedException.class);
        });

    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.response("id-2").chunks()).hasSize(2);
    assertThat(log()).contains("id-1");
  }

  @Test
  void write_platformStopsReading_isClosedAtItsLimitAndTheNextInvocationIsServed()
      throws Exception {
    api.event("id-1").onPost("id-1", new Post.StallAfter(2)).event("id-2");

    run(
        (call, answer) -> {
          if (call.requestId().equals("id-2")) {
            streamOk(call, answer);
            return;
          }
          ResponseStream stream = answer.stream(OK, Instant.now().plusMillis(500));
          assertThatThrownBy(() -> writeForever(stream))
              .isInstanceOf(ResponseClosedException.class);
          assertThatThrownBy(stream::end).isInstanceOf(ResponseClosedException.class);
        });

    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(log()).contains("id-1").contains("not taken to its end in time");
  }

  @Test
  void end_platformKeepsItsAnswer_isClosedAtItsLimit() throws Exception {
    api.event("id-1").onPost("id-1", new Post.StallAfter(2)).event("id-2");

    run(
        (call, answer) -> {
          if (call.requestId().equals("id-2")) {
            streamOk(call, answer);
            return;
          }
          ResponseStream stream = answer.stream(OK, Instant.now().plusMillis(500));
          write(stream, "body");
          Instant before = Instant.now();
          stream.end();
          // Below the wait for an answer without a limit, which is 10 s.
          assertThat(Instant.now()).isBefore(before.plusSeconds(8));
        });

    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(log()).contains("id-1").contains("did not answer");
  }

  @Test
  void handle_letsTheClosedResponseThrough_theNextInvocationIsServed() throws Exception {
    api.event("id-1").onPost("id-1", new Post.ResetAfter(1)).event("id-2");

    run(
        (call, answer) -> {
          if (call.requestId().equals("id-2")) {
            streamOk(call, answer);
            return;
          }
          writeForever(answer.stream(OK));
        });

    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(log())
        .contains("io.openmonetize.runtime.ResponseClosedException: The response was closed");
  }

  @Test
  void write_platformAnswersBeforeTheEnd_responseClosed() throws Exception {
    api.event("id-1").onPost("id-1", new Post.AnswerAfter(2, 413)).event("id-2");

    run(
        (call, answer) -> {
          if (call.requestId().equals("id-2")) {
            streamOk(call, answer);
            return;
          }
          ResponseStream stream = answer.stream(OK);
          assertThatThrownBy(() -> writeForever(stream))
              .isInstanceOf(ResponseClosedException.class);
        });

    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(log()).contains("id-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 413, 500})
  void end_platformAnswersOtherThanAccepted_onlyLogged(int status) throws Exception {
    api.event("id-1").onPost("id-1", new Post.Status(status)).event("id-2");

    run(StreamedResponseTest::streamOk);

    assertThat(log()).contains("id-1").contains("" + status);
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void end_platformNeverAnswers_onlyLogged() throws Exception {
    api.event("id-1").onPost("id-1", new Post.Close()).event("id-2");

    run(StreamedResponseTest::streamOk);

    assertThat(log()).contains("id-1").contains("did not answer");
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void stream_severalWorkers_responsesRunSideBySide() throws Exception {
    api.event("id-1").event("id-2");
    CyclicBarrier together = new CyclicBarrier(2);

    run(
        2,
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          for (int i = 0; i < 20; i++) {
            together.await(FakeRuntimeApi.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            write(stream, call.requestId() + "#" + i);
          }
          stream.end();
        });

    for (String id : List.of("id-1", "id-2")) {
      List<byte[]> chunks = api.response(id).chunks();
      assertThat(chunks).hasSize(21);
      for (int i = 0; i < 20; i++) {
        assertThat(text(chunks.get(i + 1))).isEqualTo(id + "#" + i);
      }
    }
  }

  @Test
  void stream_whileAnInvocationRuns_noNextIsAskedFor() throws Exception {
    api.event("id-1");
    FutureTask<List<ReceivedRequest>> during =
        new FutureTask<>(
            () -> {
              api.awaitChunk();
              return api.received();
            });
    Thread.startVirtualThread(during);

    run(
        (call, answer) -> {
          ResponseStream stream = answer.stream(OK);
          assertThat(await(during)).hasSize(1);
          stream.end();
        });
  }

  private static List<ReceivedRequest> await(FutureTask<List<ReceivedRequest>> task)
      throws InterruptedException, ExecutionException {
    return task.get();
  }

  private static void streamOk(Invocation call, Responder answer) throws IOException {
    ResponseStream stream = answer.stream(OK);
    write(stream, "body");
    stream.end();
  }

  private static void write(ResponseStream stream, String text) throws IOException {
    stream.write(bytes(text), 0, bytes(text).length);
  }

  /** Until a reset has come back; the kernel takes many bytes before. */
  private static void writeForever(ResponseStream stream) throws IOException {
    while (true) {
      write(stream, "x".repeat(1024));
    }
  }

  private static String errorBody(ReceivedRequest response) {
    return text(Base64.getDecoder().decode(response.trailer("Lambda-Runtime-Function-Error-Body")));
  }
}
