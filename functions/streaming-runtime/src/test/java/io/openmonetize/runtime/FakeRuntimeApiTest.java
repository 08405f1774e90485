package io.openmonetize.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake must find fault, or the tests that rely on it could not fail. */
class FakeRuntimeApiTest {
  private static final String NEXT = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n";
  private static final String RESPONSE =
      "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\n";
  private static final String STREAMING =
      "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n";

  @Test
  void close_protocolKept_noComplaint() throws IOException {
    FakeRuntimeApi api = new FakeRuntimeApi().event("id-1");
    send(api, NEXT + "\r\n");
    send(api, RESPONSE + STREAMING + "Trailer: a\r\n\r\n1\r\nx\r\n0\r\na: b\r\n\r\n");

    assertThatCode(api::close).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /2018-06-01/runtime/invocation/nextt HTTP/1.1\r\n\r\n",
        "POST /2018-06-01/runtime/invocation/next HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        "GET /2018-06-01/runtime/invocation/next HTTP/1.0\r\n\r\n",
        NEXT + "Upgrade: h2c\r\n\r\n",
        "POST /2018-06-01/runtime/invocation/id-2/response HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
        RESPONSE + "Content-Length: 0\r\n\r\n" + RESPONSE + "Content-Length: 0\r\n\r\n",
        NEXT + "\r\n" + RESPONSE + STREAMING + "\r\n0\r\n\r\n",
        RESPONSE + STREAMING + "\r\n0\r\n\r\n" + NEXT + "\r\n",
        RESPONSE + STREAMING + "\r\n1\r\nx\r\n0\r\nunannounced: b\r\n\r\n",
        RESPONSE + STREAMING + "\r\n1\r\nxy\r\n0\r\n\r\n",
        RESPONSE + STREAMING + "\r\n1\r\nx\r\n",
        RESPONSE + STREAMING + "Content-Length: 1\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "POST /2018-06-01/runtime/invocation/id-1/error HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
      })
  void close_protocolBroken_fails(String wire) throws IOException {
    FakeRuntimeApi api = new FakeRuntimeApi().event("id-1").invocationsMayStayOpen();
    send(api, NEXT + "\r\n");
    send(api, wire);

    assertThatThrownBy(api::close).isInstanceOf(AssertionError.class);
  }

  @Test
  void close_invocationNeverAnswered_fails() throws IOException {
    FakeRuntimeApi api = new FakeRuntimeApi().event("id-1");
    send(api, NEXT + "\r\n");

    assertThatThrownBy(api::close).isInstanceOf(AssertionError.class).hasMessageContaining("id-1");
  }

  /** Over a connection of its own, which is closed in good order. */
  private static void send(FakeRuntimeApi api, String wire) throws IOException {
    int port = api.environment().apiPort();
    String complete =
        wire.replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(complete.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }
}
