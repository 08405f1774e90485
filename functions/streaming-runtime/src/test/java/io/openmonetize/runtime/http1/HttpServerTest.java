package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void respond_twoRequestsOnOneConnection_bothAnswered() throws IOException {
    try (HttpServer server =
            HttpServer.start(ANY, e -> e.respond(200, Headers.NONE, e.body().readAll(100)));
        HttpConnection client = connect(server)) {
      assertThat(echo(client, "one")).isEqualTo("one");
      assertThat(echo(client, "two")).isEqualTo("two");
    }
  }

  private static String echo(HttpConnection client, String text) throws IOException {
    RequestHead request = new RequestHead("POST", "/", Headers.of("Host", "localhost"));
    client.writer().request(request, text.getBytes(StandardCharsets.UTF_8));
    ResponseHead head = client.reader().responseHead();
    return new String(
        client.reader().responseBody(head, false).readAll(100), StandardCharsets.UTF_8);
  }

  private static HttpConnection connect(HttpServer server) throws IOException {
    return new HttpConnection(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }
}
