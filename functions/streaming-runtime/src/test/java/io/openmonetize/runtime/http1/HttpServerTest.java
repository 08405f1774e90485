package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest extends ServerTest {
  private static final HttpHandler ECHO =
      exchange -> exchange.respond(200, Headers.NONE, exchange.body().readAll(1 << 20));
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String GET_AND_CLOSE =
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  @Test
  void respond_oneRequestAfterTheOther_sameConnection() throws IOException {
    Socket client = socket(server(ECHO));

    for (String body : new String[] {"one", "two"}) {
      send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n" + body);
      expect(client, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + body);
    }
  }

  @Test
  void respond_pipelinedRequests_answeredInOrder() throws IOException {
    Socket client = socket(server(e -> e.respond(200, Headers.NONE, bytes(e.request().target()))));

    send(client, GET.replace("/ ", "/a ") + GET.replace("/ ", "/b ") + GET_AND_CLOSE);

    assertThat(receiveAll(client))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n/a"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n/b"
                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n/");
  }

  @Test
  void respond_requestByteByByte_answered() throws IOException {
    Socket client = socket(server(ECHO));
    client.setTcpNoDelay(true);
    String request =
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "3\r\nabc\r\n0\r\n\r\n";

    for (int i = 0; i < request.length(); i++) {
      send(client, request.substring(i, i + 1));
    }

    assertThat(receiveAll(client)).endsWith("\r\n\r\nabc");
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD,200,'Content-Length: 4\r\n'",
    "HEAD,404,'Content-Length: 4\r\n'",
    "GET,204,''",
    "GET,304,''"
  })
  void respond_answerWithoutBody_noneIsSent(String method, int status, String length)
      throws IOException {
    Socket client = socket(server(e -> e.respond(status, Headers.of("x", "y"), bytes("body"))));

    send(client, GET_AND_CLOSE.replace("GET", method));

    assertThat(receiveAll(client))
        .startsWith("HTTP/1.1 " + status + " ")
        .endsWith("\r\nx: y\r\n" + length + "Connection: close\r\n\r\n");
  }

  @Test
  void respond_headWithLengthOfTheRealAnswer_kept() throws IOException {
    Socket client =
        socket(server(e -> e.respond(200, Headers.of("content-length", "99"), new byte[0])));

    send(client, GET_AND_CLOSE.replace("GET", "HEAD"));

    assertThat(receiveAll(client))
        .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 99\r\nConnection: close\r\n\r\n");
  }

  @Test
  void respond_framingFieldsOfTheHandler_replaced() throws IOException {
    Headers wrong =
        Headers.of("Content-Length", "99", "Transfer-Encoding", "chunked", "Connection", "x");
    Socket client = socket(server(e -> e.respond(200, wrong, bytes("ok"))));

    send(client, GET_AND_CLOSE);

    assertThat(receiveAll(client))
        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
  }

  @Test
  void respond_handlerAsksToClose_closed() throws IOException {
    Socket client =
        socket(server(e -> e.respond(200, Headers.of("Connection", "close"), bytes("ok"))));

    send(client, GET);

    assertThat(receiveAll(client)).endsWith("Connection: close\r\n\r\nok");
  }

  @Test
  void respond_toHttp10_closedEvenIfItAsksOtherwise() throws IOException {
    Socket client = socket(server(ECHO));

    send(client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

    assertThat(receiveAll(client)).endsWith("Connection: close\r\n\r\n");
  }

  @Test
  void respond_twice_refusedAndTheFirstStands() throws IOException {
    Socket client =
        socket(
            server(
                e -> {
                  e.respond(200, Headers.NONE, bytes("first"));
                  assertThatThrownBy(() -> e.respond(500, Headers.NONE, bytes("second")))
                      .isInstanceOf(IllegalStateException.class);
                  assertThatThrownBy(() -> e.stream(500, Headers.NONE))
                      .isInstanceOf(IllegalStateException.class);
                }));

    send(client, GET_AND_CLOSE);

    assertThat(receiveAll(client)).endsWith("\r\n\r\nfirst");
  }

  @Test
  void stream_pieces_eachArrivesBeforeTheNextIsWritten() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    Socket client =
        socket(
            server(
                e -> {
                  ChunkedOutput body = e.stream(200, Headers.of("a", "b"));
                  body.write(bytes("one"), 0, 3);
                  await(read);
                  body.write(bytes("four"), 0, 4);
                  body.end(Headers.of("t", "u"));
                }));

    send(client, GET);

    expect(client, "HTTP/1.1 200 OK\r\na: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    read.countDown();
    expect(client, "4\r\nfour\r\n0\r\nt: u\r\n\r\n");
    send(client, GET);
    expect(client, "HTTP/1.1 200 OK\r\n");
  }

  @Test
  void stream_toHttp10_plainBytesUntilClose() throws IOException {
    Socket client = socket(server(HttpServerTest::streamTwo));

    send(client, "GET / HTTP/1.0\r\n\r\n");

    assertThat(receiveAll(client)).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nonetwo");
  }

  @Test
  void stream_toHead_headOnlyAndTheConnectionGoesOn() throws IOException {
    Socket client = socket(server(HttpServerTest::streamTwo));

    send(client, GET.replace("GET", "HEAD") + GET_AND_CLOSE.replace("GET", "HEAD"));

    assertThat(receiveAll(client))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n");
  }

  @Test
  void stream_notEnded_brokenForThePeer() throws IOException {
    Socket client =
        socket(
            server(
                e -> {
                  ChunkedOutput body = e.stream(200, Headers.NONE);
                  body.write(bytes("one"), 0, 3);
                }));

    send(client, GET);

    assertThatThrownBy(() -> bodyOf(client)).isInstanceOf(IOException.class);
  }

  @Test
  void abort_withinABody_peerSeesAReset() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    Socket client =
        socket(
            server(
                e -> {
                  ChunkedOutput body = e.stream(200, Headers.NONE);
                  body.write(bytes("one"), 0, 3);
                  await(read);
                  e.abort();
                }));

    send(client, GET);
    expect(client, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    read.countDown();

    assertThatThrownBy(() -> receiveAll(client)).isInstanceOf(SocketException.class);
  }

  @Test
  void abort_withinABody_isNoFaultOfTheHandlers() throws IOException {
    try (ServerLog log = new ServerLog()) {
      HttpServer server =
          server(
              e -> {
                e.stream(200, Headers.NONE).write(bytes("part"), 0, 4);
                e.abort();
              });
      send(socket(server), GET);
      server.close(PATIENCE);
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void abort_byAnotherThreadWhileTheBodyIsRead_peerSeesAReset() throws IOException {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    Socket client =
        socket(
            server(
                e -> {
                  assertThat(e.body().read()).isEqualTo('x');
                  exchanges.add(e);
                  assertThatThrownBy(() -> e.body().read()).isInstanceOf(IOException.class);
                }));

    send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx");
    take(exchanges).abort();

    assertThatThrownBy(() -> receiveAll(client)).isInstanceOf(SocketException.class);
  }

  @Test
  void handle_throwsBeforeTheAnswer_500WithoutItsMessage() throws IOException {
    Socket client =
        socket(
            server(
                e -> {
                  throw new IllegalStateException("secret");
                }));

    send(client, GET);

    assertThat(receiveAll(client))
        .isEqualTo(
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n");
  }

  @Test
  void handle_headersThatHttpForbids_500() throws IOException {
    Socket client = socket(server(e -> e.respond(200, Headers.of("a", "b\r\nc: d"), new byte[0])));

    send(client, GET);

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 500 ");
  }

  @Test
  void handle_returnsWithoutAnAnswer_500() throws IOException {
    Socket client = socket(server(e -> {}));

    send(client, GET);

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 500 ");
  }

  @Test
  void handle_throwsWithinTheAnswer_brokenForThePeer() throws IOException {
    Socket client =
        socket(
            server(
                e -> {
                  e.stream(200, Headers.NONE).write(bytes("one"), 0, 3);
                  throw new IOException("upstream");
                }));

    send(client, GET);

    assertThatThrownBy(() -> bodyOf(client)).isInstanceOf(IOException.class);
  }

  @Test
  void handle_bodyIsMalformed_400() throws IOException {
    Socket client = socket(server(ECHO));

    send(client, "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/3\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "\u0016\u0003\u0001\u0000\n\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void handle_malformedRequest_400AndClosed(String request) throws IOException {
    Socket client = socket(server(ECHO));

    send(client, request + GET);

    assertThat(receiveAll(client))
        .isEqualTo("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  @Test
  void handle_malformedRequestAndMoreBehindIt_answerIsNotLostToAReset() throws IOException {
    Socket client = socket(server(ECHO));

    send(client, "GET / HTTP/9\r\n\r\n" + "x".repeat(100_000));

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\n");
  }

  @Test
  void handle_upgradeToHttp2_ignored() throws IOException {
    Socket client = socket(server(ECHO));

    send(
        client,
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
  }

  @Test
  void handle_expectsContinue_toldToGoOnBeforeItSends() throws IOException {
    Socket client = socket(server(ECHO));

    send(
        client,
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n"
            + "Connection: close\r\n\r\n");
    expect(client, "HTTP/1.1 100 Continue\r\n\r\n");
    send(client, "body");

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nbody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nGET /",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n2\r\n /\r\n0\r\nt: u\r\n\r\n"
      })
  void handle_bodyLeftUnread_droppedBeforeTheNextRequest(String rest) throws IOException {
    Socket client = socket(server(e -> e.respond(200, Headers.NONE, bytes("ok"))));

    send(client, "POST / HTTP/1.1\r\nHost: h\r\n" + rest);
    expect(client, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    send(client, GET_AND_CLOSE);

    assertThat(receiveAll(client)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("ok");
  }

  @Test
  void handle_largeBodyLeftUnread_answerArrivesAndTheConnectionEnds() throws Exception {
    Socket client = socket(server(e -> e.respond(413, Headers.NONE, bytes("too large"))));
    Thread sender =
        Thread.startVirtualThread(
            () -> {
              try {
                send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n");
                while (true) {
                  client.getOutputStream().write(new byte[10_000]);
                }
              } catch (IOException closed) {
                assertThat(closed).isNotNull();
              }
            });

    expect(client, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large");
    assertThat(sender.join(PATIENCE)).isTrue();
  }

  /** As clients do that read no answer before they have sent all. */
  @Test
  void handle_largeBodyLeftUnread_clientThatSendsItWholeHasTheAnswer() throws Exception {
    Socket client = socket(server(e -> e.respond(413, Headers.NONE, bytes("too large"))));
    byte[] body = new byte[20_000_000];

    send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length + "\r\n\r\n");
    client.getOutputStream().write(body);

    expect(client, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large");
  }

  @Test
  void handle_remote_isTheClient() throws IOException {
    Socket client =
        socket(server(e -> e.respond(200, Headers.NONE, bytes("" + e.remote().getPort()))));

    send(client, GET_AND_CLOSE);

    assertThat(receiveAll(client)).endsWith("\r\n\r\n" + client.getLocalPort());
  }

  private static HttpExchange take(BlockingQueue<HttpExchange> exchanges) {
    try {
      return Objects.requireNonNull(exchanges.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void streamTwo(HttpExchange exchange) throws IOException {
    ChunkedOutput body = exchange.stream(200, Headers.of("Content-Length", "6"));
    body.write(bytes("one"), 0, 3);
    body.write(bytes("two"), 0, 3);
    body.end();
  }

  private static byte[] bodyOf(Socket client) throws IOException {
    HttpReader reader = new HttpReader(client.getInputStream());
    return reader.responseBody(reader.responseHead(), false).readAll(1000);
  }
}
