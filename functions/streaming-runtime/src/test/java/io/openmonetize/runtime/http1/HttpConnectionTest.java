package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HttpConnectionTest extends ServerTest {
  @Test
  void open_anySocket_smallChunksDoNotWaitForAcknowledgements() throws IOException {
    Socket socket = socket(server(e -> e.respond(200, Headers.NONE, bytes("ok"))));

    try (HttpConnection connection = new HttpConnection(socket)) {
      assertThat(connection.socket().getTcpNoDelay()).isTrue();
    }
    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void awaitByte_serverClosedTheIdleConnection_false() throws IOException {
    HttpServer server = server(e -> e.respond(200, Headers.NONE, bytes("ok")));
    HttpConnection connection = new HttpConnection(socket(server));

    connection.writer().request(new RequestHead("GET", "/", closing()), new byte[0]);
    ResponseHead head = connection.reader().responseHead();
    connection.reader().responseBody(head, false).readAll(10);

    assertThat(connection.reader().keepAlive(head.headers())).isFalse();
    assertThat(connection.reader().awaitByte()).isFalse();
  }

  private static Headers closing() {
    return Headers.of("Host", "h", "Connection", "close");
  }
}
