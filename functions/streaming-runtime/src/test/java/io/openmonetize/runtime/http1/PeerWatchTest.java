package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerWatchTest extends ServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch handling = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  /** Watches, says so, and answers when it is let go or when the peer has gone. */
  private void watch(HttpExchange exchange) throws IOException {
    exchange.onPeerClosed(
        () -> {
          runs.incrementAndGet();
          closed.countDown();
          answer.countDown();
        });
    handling.countDown();
    await(answer);
    exchange.respond(200, Headers.NONE, bytes("ok"));
  }

  @Test
  void onPeerClosed_peerCloses_actionRunsOnceWhileTheHandlerWorks() throws IOException {
    Socket client = socket(server(this::watch));
    send(client, GET);
    await(handling);

    client.close();

    await(closed);
    assertThat(runs).hasValue(1);
  }

  @Test
  void onPeerClosed_peerResets_actionRuns() throws IOException {
    Socket client = socket(server(this::watch));
    send(client, GET);
    await(handling);

    client.setSoLinger(true, 0);
    client.close();

    await(closed);
  }

  @Test
  void onPeerClosed_peerStays_actionNeverRunsAndTheConnectionGoesOn() throws IOException {
    answer.countDown();
    Socket client = socket(server(this::watch));

    for (int i = 0; i < 5; i++) {
      send(client, GET);
      expect(client, ANSWER);
    }
    client.shutdownOutput();

    assertThat(receiveAll(client)).isEmpty();
    assertThat(runs).hasValue(0);
  }

  @Test
  void onPeerClosed_nextRequestComesEarly_keptForItsTurn() throws IOException {
    Socket client = socket(server(this::watch));
    send(client, GET);
    await(handling);

    send(client, GET);
    answer.countDown();

    expect(client, ANSWER + ANSWER);
    assertThat(runs).hasValue(0);
  }

  @Test
  void onPeerClosed_bytesOfTheNextRequestAreThereAlready_answeredInTurn() throws IOException {
    answer.countDown();
    Socket client = socket(server(this::watch));

    send(client, GET + GET + GET.substring(0, 5));
    expect(client, ANSWER + ANSWER);
    send(client, GET.substring(5));

    expect(client, ANSWER);
    assertThat(runs).hasValue(0);
  }

  @Test
  void onPeerClosed_afterAWatchedExchange_idleLimitStillHolds() throws IOException {
    answer.countDown();
    HttpServer.Limits limits =
        new HttpServer.Limits(Duration.ofMillis(200), Duration.ofHours(1), 10);
    Socket client = socket(server(this::watch, limits));

    send(client, GET);

    assertThat(receiveAll(client)).isEqualTo(ANSWER);
    assertThat(runs).hasValue(0);
  }

  @Test
  void onPeerClosed_peerAsksToCloseAfterwards_answeredAndClosed() throws IOException {
    answer.countDown();
    Socket client = socket(server(this::watch));

    send(client, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    expect(client, ANSWER.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

    assertThat(client.getInputStream().read()).isEqualTo(-1);
    assertThat(runs).hasValue(0);
  }

  @Test
  void onPeerClosed_peerKeepsAConnectionThatWasEnded_itsPlaceIsFreedAllTheSame()
      throws IOException {
    Duration hour = Duration.ofHours(1);
    HttpHandler handler =
        exchange -> {
          exchange.onPeerClosed(runs::incrementAndGet);
          pause(); // so that the watch is within its read
          exchange.respond(200, Headers.NONE, bytes("ok"));
        };
    HttpServer server = server(handler, new HttpServer.Limits(hour, hour, 1));
    Socket first = socket(server);
    send(first, GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

    Socket second = socket(server);
    send(second, GET);

    expect(second, ANSWER);
    assertThat(first.isClosed()).isFalse();
  }

  @Test
  void onPeerClosed_ownAbort_actionDoesNotRun() throws IOException {
    CountDownLatch aborted = new CountDownLatch(1);
    Socket client =
        socket(
            server(
                e -> {
                  e.onPeerClosed(runs::incrementAndGet);
                  e.abort();
                  aborted.countDown();
                }));

    send(client, GET);
    await(aborted);

    assertThatThrownBy(() -> receiveAll(client)).isInstanceOf(IOException.class);
    pause();
    assertThat(runs).hasValue(0);
  }

  @Test
  void onPeerClosed_peerLeavesWithItsWholeAnswer_actionDoesNotRun() throws IOException {
    leaveWith(ANSWER, exchange -> exchange.respond(200, Headers.NONE, bytes("ok")));
  }

  @Test
  void onPeerClosed_peerLeavesWithItsWholeStream_actionDoesNotRun() throws IOException {
    leaveWith(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        exchange -> {
          ChunkedOutput body = exchange.stream(200, Headers.NONE);
          body.write(bytes("ok"), 0, 2);
          body.end();
        });
  }

  /** The peer closes as soon as it has this answer, while the handler still works. */
  private void leaveWith(String whole, HttpHandler answering) throws IOException {
    CountDownLatch watchEnded = new CountDownLatch(1);
    CountDownLatch finished = new CountDownLatch(1);
    Socket client =
        socket(
            server(
                exchange -> {
                  exchange.onPeerClosed(runs::incrementAndGet);
                  answering.handle(exchange);
                  await(watchEnded);
                  finished.countDown();
                }));
    send(client, GET);

    expect(client, whole);
    client.close();
    pause();
    watchEnded.countDown();

    await(finished);
    assertThat(runs).hasValue(0);
  }

  /** Gives a watch that wrongly goes on the time to be seen; nothing depends on its length. */
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onPeerClosed_bodyNotYetRead_refused() throws IOException {
    Socket client =
        socket(
            server(
                e -> {
                  assertThatThrownBy(() -> e.onPeerClosed(runs::incrementAndGet))
                      .isInstanceOf(IllegalStateException.class);
                  e.body().readAll(10);
                  e.onPeerClosed(runs::incrementAndGet);
                  e.respond(200, Headers.NONE, bytes("ok"));
                }));

    send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");

    expect(client, ANSWER);
  }

  @Test
  void onPeerClosed_whileStreaming_actionRuns() throws IOException {
    CountDownLatch streaming = new CountDownLatch(1);
    Socket client =
        socket(
            server(
                e -> {
                  e.onPeerClosed(closed::countDown);
                  ChunkedOutput body = e.stream(200, Headers.NONE);
                  body.write(bytes("one"), 0, 3);
                  streaming.countDown();
                  await(closed);
                  e.abort();
                }));
    send(client, GET);
    await(streaming);

    client.close();

    await(closed);
  }
}
