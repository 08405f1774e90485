package io.openmonetize.runtime.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against the JDK's two clients and its server, which were written by others from the same RFCs.
 */
class OtherImplementationsTest extends ServerTest {
  private static final String LARGE = "0123456789".repeat(30_000);

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void server_jdkHttpClient_understood(HttpClient.Version version) throws Exception {
    HttpServer server = server(OtherImplementationsTest::streamBack);
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(uri(server.port()))
                .POST(HttpRequest.BodyPublishers.ofString(LARGE))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo(LARGE);
        assertThat(response.headers().firstValue("x-method")).contains("POST");
      }
    }
  }

  @Test
  void server_jdkHttpClientThatExpectsContinue_understood() throws Exception {
    HttpServer server = server(OtherImplementationsTest::streamBack);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(server.port()))
              .expectContinue(true)
              .POST(HttpRequest.BodyPublishers.ofString(LARGE))
              .build();

      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo(LARGE);
    }
  }

  @Test
  void server_urlConnectionWithChunks_understood() throws IOException {
    HttpServer server = server(OtherImplementationsTest::streamBack);
    HttpURLConnection connection = (HttpURLConnection) uri(server.port()).toURL().openConnection();
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(1000);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(bytes(LARGE));
    }

    assertThat(connection.getResponseCode()).isEqualTo(201);
    assertThat(connection.getInputStream().readAllBytes()).isEqualTo(bytes(LARGE));
  }

  @Test
  void client_jdkServer_understood() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    com.sun.net.httpserver.HttpServer jdk =
        com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    jdk.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(
              200, exchange.getRequestURI().getPath().equals("/c") ? 0 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    jdk.start();
    try (HttpConnection client =
        new HttpConnection(new Socket(loopback, jdk.getAddress().getPort()))) {
      assertThat(post(client, "/length")).isEqualTo(LARGE);
      assertThat(post(client, "/c")).isEqualTo(LARGE);
      assertThat(post(client, "/length")).isEqualTo(LARGE);
    } finally {
      jdk.stop(0);
    }
  }

  private static String post(HttpConnection client, String target) throws IOException {
    client.writer().request(new RequestHead("POST", target, Headers.of("Host", "h")), bytes(LARGE));
    ResponseHead head = client.reader().responseHead();
    byte[] body = client.reader().responseBody(head, false).readAll(LARGE.length());
    assertThat(client.reader().keepAlive(head.headers())).isTrue();
    return new String(body);
  }

  private static void streamBack(HttpExchange exchange) throws IOException {
    ChunkedOutput out = exchange.stream(201, Headers.of("x-method", exchange.request().method()));
    byte[] part = new byte[4096];
    for (int count; (count = exchange.body().read(part, 0, part.length)) >= 0; ) {
      out.write(part, 0, count);
    }
    out.end();
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port + "/path?query");
  }
}
