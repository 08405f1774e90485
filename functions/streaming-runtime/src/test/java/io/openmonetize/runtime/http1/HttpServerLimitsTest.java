package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.runtime.http1.HttpServer.Limits;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * How long and how many: times are short here where they must run out and long where they must not.
 */
class HttpServerLimitsTest extends ServerTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofHours(1);
  private static final HttpHandler OK = e -> e.respond(200, Headers.NONE, bytes("ok"));
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void idle_noFirstRequest_closedWithoutAWord() throws IOException {
    Socket client = socket(server(OK, new Limits(SHORT, LONG, 10)));

    assertThat(receiveAll(client)).isEmpty();
  }

  @Test
  void idle_betweenRequests_closed() throws IOException {
    Socket client = socket(server(OK, new Limits(SHORT, LONG, 10)));

    send(client, GET);

    assertThat(receiveAll(client)).isEqualTo(ANSWER);
  }

  @Test
  void head_aByteNowAndThen_408() throws Exception {
    Socket client = socket(server(OK, new Limits(LONG, SHORT, 10)));
    Thread loris =
        Thread.startVirtualThread(
            () -> {
              try {
                for (int i = 0; ; i++) {
                  send(client, i < GET.length() - 1 ? GET.substring(i, i + 1) : "x");
                  Thread.sleep(20);
                }
              } catch (IOException | InterruptedException closed) {
                assertThat(closed).isNotNull();
              }
            });

    expect(client, "HTTP/1.1 408 Request Timeout\r\n");
    assertThat(loris.join(PATIENCE)).isTrue();
  }

  @Test
  void body_slowerThanAnyLimit_waitedFor() throws Exception {
    // A streamed response to the Runtime API is a request body that may be silent for minutes.
    HttpHandler echo = e -> e.respond(200, Headers.NONE, e.body().readAll(10));
    Socket client = socket(server(echo, new Limits(SHORT, SHORT, 10)));

    send(client, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n");
    Thread.sleep(SHORT.multipliedBy(3));
    send(client, "ok");

    expect(client, ANSWER);
  }

  @Test
  void exchange_longerThanAnyLimit_finished() throws Exception {
    HttpHandler slow =
        e -> {
          try {
            Thread.sleep(SHORT.multipliedBy(3));
          } catch (InterruptedException closed) {
            throw new IOException(closed);
          }
          OK.handle(e);
        };
    Socket client = socket(server(slow, new Limits(SHORT, SHORT, 10)));

    send(client, GET);

    expect(client, ANSWER);
  }

  @Test
  void connections_oneMoreThanAllowed_waitsUntilOneEnds() throws IOException {
    HttpServer server = server(OK, new Limits(LONG, LONG, 2));
    Socket first = socket(server);
    Socket second = socket(server);
    send(first, GET);
    expect(first, ANSWER);
    send(second, GET);
    expect(second, ANSWER);

    Socket third = socket(server);
    send(third, GET);
    third.setSoTimeout((int) SHORT.toMillis());
    assertThatThrownBy(() -> third.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    first.close();

    third.setSoTimeout((int) PATIENCE.toMillis());
    expect(third, ANSWER);
  }

  @Test
  void close_idleAndWaitingConnections_closed() throws IOException {
    HttpServer server = server(OK, new Limits(LONG, LONG, 1));
    Socket idle = socket(server);
    send(idle, GET);
    expect(idle, ANSWER);
    Socket waiting = socket(server);

    server.close();

    assertThatThrownBy(() -> receiveSomething(idle)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> receiveSomething(waiting)).isInstanceOf(IOException.class);
  }

  @Test
  void close_withGrace_runningExchangeEndsAndItsConnectionIsClosed() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    HttpServer server =
        server(
            e -> {
              running.countDown();
              await(goOn);
              OK.handle(e);
            });
    Socket idle = socket(server);
    Socket busy = socket(server);
    send(busy, GET);
    await(running);

    Thread closing = Thread.startVirtualThread(() -> server.close(PATIENCE));
    assertThatThrownBy(() -> receiveSomething(idle)).isInstanceOf(IOException.class);
    goOn.countDown();

    assertThat(receiveAll(busy))
        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
    assertThat(closing.join(PATIENCE)).isTrue();
  }

  @Test
  void close_graceRunsOut_exchangeIsCut() throws IOException {
    CountDownLatch running = new CountDownLatch(1);
    HttpServer server =
        server(
            e -> {
              running.countDown();
              e.body().read();
              await(new CountDownLatch(1));
            });
    Socket client = socket(server);
    send(client, GET);
    await(running);

    server.close(Duration.ofMillis(50));

    assertThatThrownBy(() -> receiveSomething(client)).isInstanceOf(IOException.class);
  }

  /** Throws at the end of the connection, however it ends. */
  private static void receiveSomething(Socket client) throws IOException {
    if (client.getInputStream().read() < 0) {
      throw new IOException("closed");
    }
  }
}
