package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.runtime.FakeRuntimeApi.Next;
import io.openmonetize.runtime.FakeRuntimeApi.Post;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaRuntimeTest extends RuntimeTest {
  private static final InvocationHandler ECHO = (call, answer) -> answer.respond(call.event());

  @Test
  void next_allHeaders_allInTheInvocation() throws Exception {
    List<Invocation> seen = new ArrayList<>();
    api.then(
        new Next.Event(
            "id-1",
            bytes("{\"a\":1}"),
            List.of(
                "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:f",
                "lambda-runtime-trace-id: Root=1-2-3")));

    run(
        (call, answer) -> {
          seen.add(call);
          answer.respond(call.event());
        });

    assertThat(seen).hasSize(1);
    Invocation call = seen.getFirst();
    assertThat(call.requestId()).isEqualTo("id-1");
    assertThat(call.deadline()).isEqualTo(Instant.ofEpochMilli(1893456000000L));
    assertThat(call.functionArn()).isEqualTo("arn:aws:lambda:f");
    assertThat(call.traceId()).isEqualTo("Root=1-2-3");
    assertThat(text(call.event())).isEqualTo("{\"a\":1}");
  }

  @Test
  void next_optionalHeadersMissing_null() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          assertThat(call.functionArn()).isNull();
          assertThat(call.traceId()).isNull();
          answer.respond(call.event());
        });

    assertThat(api.posts("id-1", "response")).hasSize(1);
  }

  @Test
  void next_sixMegabytesInChunks_arriveWhole() throws Exception {
    String large = "x".repeat(6 * 1024 * 1024);
    api.then(new Next.Event("id-1", bytes(large), List.of("Transfer-Encoding: chunked")));

    run(ECHO);

    assertThat(api.response("id-1").body()).isEqualTo(bytes(large));
  }

  @Test
  void next_gone_runReturns() throws Exception {
    run(ECHO);

    assertThat(api.received()).hasSize(1);
    assertThat(log()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 500, 503})
  void next_refused_endsTheLoopNamingRequestAndStatus(int status) {
    api.then(new Next.Raw("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n"));

    assertThatThrownBy(() -> run(ECHO))
        .isInstanceOf(RuntimeApiException.class)
        .hasMessageContaining("GET /2018-06-01/runtime/invocation/next")
        .hasMessageContaining("" + status);
  }

  @Test
  void next_connectionRefused_endsTheLoopNamingTheAddress() throws Exception {
    try (Socket deaf = bound()) {
      int port = deaf.getLocalPort();
      RuntimeEnvironment nobody = new RuntimeEnvironment("127.0.0.1", port, 1, false);

      assertThatThrownBy(() -> runtime(nobody).run(1, () -> ECHO))
          .isInstanceOf(RuntimeApiException.class)
          .hasMessageContaining("http://127.0.0.1:" + port + "/2018-06-01/runtime/invocation/next")
          .hasCauseInstanceOf(ConnectException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lambda-Runtime-Deadline-Ms: 1",
        "Lambda-Runtime-Aws-Request-Id: a",
        "Lambda-Runtime-Aws-Request-Id: a\r\nLambda-Runtime-Deadline-Ms: soon"
      })
  void next_withoutIdOrDeadline_endsTheLoop(String headers) {
    api.then(new Next.Raw("HTTP/1.1 200 OK\r\n" + headers + "\r\nContent-Length: 0\r\n\r\n"));

    assertThatThrownBy(() -> run(ECHO)).isInstanceOf(RuntimeApiException.class);
  }

  @Test
  void next_cutAnswer_endsTheLoop() {
    api.then(new Next.Raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));

    assertThatThrownBy(() -> run(ECHO)).isInstanceOf(RuntimeApiException.class);
  }

  @Test
  void next_keptConnectionDiedWhileFrozen_askedOnceMoreOnANewOne() throws Exception {
    api.event("id-1").then(new Next.Close()).event("id-2");

    run(ECHO);

    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(api.received())
        .extracting(ReceivedRequest::connection)
        .containsExactly(1, 1, 1, 2, 2, 2);
  }

  @Test
  void next_newConnectionDiesToo_endsTheLoop() {
    api.event("id-1").then(new Next.Close()).then(new Next.Close()).event("never");

    assertThatThrownBy(() -> run(ECHO)).isInstanceOf(RuntimeApiException.class);
    assertThat(api.received()).hasSize(4);
  }

  @Test
  void next_apiEndsItsConnection_nextGoesOverANewOne() throws Exception {
    api.then(new Next.Event("id-1", bytes("{}"), List.of("Connection: close"))).event("id-2");

    run(ECHO);

    assertThat(api.response("id-1").connection()).isEqualTo(2);
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void respond_severalInvocations_eachAnsweredInTurnOnOneConnection() throws Exception {
    api.event("id-1", "one").event("id-2", "").event("id-3", "three");

    run(ECHO);

    assertThat(text(api.response("id-1").body())).isEqualTo("one");
    assertThat(text(api.response("id-2").body())).isEmpty();
    assertThat(text(api.response("id-3").body())).isEqualTo("three");
    assertThat(api.received()).extracting(ReceivedRequest::connection).containsOnly(1);
  }

  @Test
  void respond_answeredWithTooLarge_loggedAndTheLoopGoesOn() throws Exception {
    api.event("id-1").onPost("id-1", new Post.Status(413)).event("id-2");

    run(ECHO);

    assertThat(log()).contains("413").contains("id-1");
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a reset discards what had arrived")
  void respond_refusedBeforeItIsRead_theAnswerIsFoundAfterTheFailedWrite() throws Exception {
    api.event("id-1").onPost("id-1", new Post.AnswerUnread(413)).event("id-2");

    run(
        (call, answer) ->
            answer.respond(new byte[call.requestId().equals("id-1") ? 20_000_000 : 1]));

    assertThat(log()).contains("413").contains("id-1");
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void respond_containerError_endsTheLoopEvenIfTheHandlerCatchesIt() {
    api.event("id-1").onPost("id-1", new Post.Status(500)).event("never");

    assertThatThrownBy(
            () ->
                run(
                    (call, answer) -> {
                      try {
                        answer.respond(call.event());
                      } catch (IOException e) {
                        assertThat(e).isInstanceOf(RuntimeApiException.class);
                      }
                    }))
        .isInstanceOf(RuntimeApiException.class)
        .hasMessageContaining("500");
    assertThat(api.received()).hasSize(2);
  }

  @Test
  void handle_answersTwice_theSecondIsRefusedToTheHandler() throws Exception {
    api.event("id-1").event("id-2");

    run(
        (call, answer) -> {
          answer.respond(call.event());
          assertThatThrownBy(() -> answer.respond(call.event()))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> answer.stream(new Prelude(200, Map.of(), List.of())))
              .isInstanceOf(IllegalStateException.class);
        });

    assertThat(api.posts("id-1", "response")).hasSize(1);
    assertThat(api.posts("id-1", "error")).isEmpty();
  }

  @Test
  void handle_throwsAfterItsAnswer_onlyLogged() throws Exception {
    api.event("id-1").event("id-2");

    run(
        (call, answer) -> {
          answer.respond(call.event());
          throw new IllegalStateException(SECRET);
        });

    assertThat(api.posts("id-1", "error")).isEmpty();
    assertThat(api.posts("id-2", "response")).hasSize(1);
    assertThat(log().lines()).hasSize(2).allMatch(line -> line.contains("IllegalStateException"));
  }

  @Test
  void handle_returnsWithoutAnAnswer_isAnError() throws Exception {
    api.event("id-1").event("id-2");

    run((call, answer) -> {});

    ReceivedRequest error = api.posts("id-1", "error").getFirst();
    assertThat(error.header("Lambda-Runtime-Function-Error-Type"))
        .containsExactly("Runtime.NoResponse");
    assertThat(text(error.body()))
        .isEqualTo(
            "{\"errorMessage\":\"The function returned without an answer\","
                + "\"errorType\":\"Runtime.NoResponse\",\"stackTrace\":[]}");
    assertThat(api.posts("id-2", "error")).hasSize(1);
  }

  @Test
  void handle_throws_reportedWithClassAndStackAndTheLoopGoesOn() throws Exception {
    api.event("id-1").event("id-2");

    run(
        (call, answer) -> {
          if (call.requestId().equals("id-1")) {
            throw new IllegalArgumentException(SECRET, new IOException(SECRET));
          }
          answer.respond(call.event());
        });

    ReceivedRequest error = api.posts("id-1", "error").getFirst();
    assertThat(error.header("Lambda-Runtime-Function-Error-Type"))
        .containsExactly("java.lang.IllegalArgumentException");
    assertThat(text(error.body()))
        .startsWith(
            "{\"errorMessage\":\"The function failed with java.lang.IllegalArgumentException\","
                + "\"errorType\":\"java.lang.IllegalArgumentException\",\"stackTrace\":[\"")
        .contains("LambdaRuntimeTest")
        .endsWith("\"]}");
    assertThat(api.posts("id-2", "response")).hasSize(1);
  }

  @Test
  void handle_throws_noMessageAndNoCauseLeavesTheProcess() throws Exception {
    api.event("id-1");

    run(
        (call, answer) -> {
          throw new IllegalArgumentException(SECRET, new IOException("password " + SECRET));
        });

    // RuntimeTest looks for the secret in everything that was sent and logged.
    assertThat(text(api.posts("id-1", "error").getFirst().body())).doesNotContain("IOException");
    assertThat(log()).contains("java.io.IOException").contains("id-1");
    assertThat(log().lines()).hasSize(1);
  }

  @Test
  void handle_throwsAnError_reportedAndTheLoopEnds() {
    api.event("id-1").event("never");

    assertThatThrownBy(
            () ->
                run(
                    (call, answer) -> {
                      throw new OutOfMemoryError(SECRET);
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(api.posts("id-1", "error")).hasSize(1);
  }

  @Test
  void create_throws_initErrorReportedAndThrown() {
    assertThatThrownBy(
            () ->
                runtime()
                    .run(
                        1,
                        () -> {
                          throw new IOException(SECRET);
                        }))
        .isInstanceOf(InitializationException.class)
        .hasCauseInstanceOf(IOException.class);

    assertThat(api.received()).hasSize(1);
    ReceivedRequest report = api.received().getFirst();
    assertThat(report.requestLine()).isEqualTo("POST /2018-06-01/runtime/init/error HTTP/1.1");
    assertThat(report.header("Lambda-Runtime-Function-Error-Type"))
        .containsExactly("java.io.IOException");
    assertThat(text(report.body())).contains("\"errorType\":\"java.io.IOException\"");
  }

  @Test
  void create_classDoesNotLink_initErrorReported() {
    assertThatThrownBy(
            () ->
                runtime()
                    .run(
                        1,
                        () -> {
                          throw new NoClassDefFoundError(SECRET);
                        }))
        .isInstanceOf(InitializationException.class);

    assertThat(api.received()).hasSize(1);
  }

  @Test
  void create_throwsAndNobodyListens_theFailureItselfIsThrown() throws IOException {
    try (Socket deaf = bound()) {
      LambdaRuntime runtime =
          runtime(new RuntimeEnvironment("127.0.0.1", deaf.getLocalPort(), 1, false));

      assertThatThrownBy(
              () ->
                  runtime.run(
                      1,
                      () -> {
                        throw new IOException(SECRET);
                      }))
          .isInstanceOf(InitializationException.class)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void run_underSnapStart_refusedAsInitError() {
    RuntimeEnvironment plain = api.environment();
    LambdaRuntime runtime =
        runtime(new RuntimeEnvironment(plain.apiHost(), plain.apiPort(), 1, true));

    assertThatThrownBy(() -> runtime.run(1, () -> ECHO))
        .isInstanceOf(InitializationException.class);
    assertThat(api.received()).hasSize(1);
  }

  @Test
  void run_oneWorker_traceIdIsTheSystemPropertyOfItsInvocationOnly() throws Exception {
    List<String> seen = new ArrayList<>();
    api.then(new Next.Event("id-1", bytes("{}"), List.of("Lambda-Runtime-Trace-Id: Root=1")))
        .event("id-2");

    run(
        (call, answer) -> {
          seen.add(System.getProperty("com.amazonaws.xray.traceHeader", "none"));
          answer.respond(call.event());
        });

    assertThat(seen).containsExactly("Root=1", "none");
  }

  @Test
  void run_severalWorkers_invocationsAtOnceAndNoSystemProperty() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    for (String id : List.of("id-1", "id-2", "id-3")) {
      api.then(new Next.Event(id, bytes("{}"), List.of("Lambda-Runtime-Trace-Id: Root=1")));
    }

    run(
        3,
        (call, answer) -> {
          together.await(FakeRuntimeApi.PATIENCE.toSeconds(), TimeUnit.SECONDS);
          assertThat(System.getProperty("com.amazonaws.xray.traceHeader")).isNull();
          answer.respond(bytes(call.requestId()));
        });

    for (String id : List.of("id-1", "id-2", "id-3")) {
      assertThat(text(api.response(id).body())).isEqualTo(id);
    }
  }

  @Test
  void run_oneOfSeveralWorkersFindsTheApiBroken_theOthersEndToo() {
    api.then(new Next.Silence())
        .then(new Next.Silence())
        .then(new Next.Raw("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));

    assertThatThrownBy(() -> run(3, ECHO))
        .isInstanceOf(RuntimeApiException.class)
        .hasRootCauseMessage(
            "The Runtime API answered GET /2018-06-01/runtime/invocation/next with status 500");
  }

  /** Holds a port on which nobody listens, so that no other process can take it meanwhile. */
  private static Socket bound() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress("127.0.0.1", 0));
    return socket;
  }
}
