package io.openmonetize.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.lambda.HttpReply;
import io.openmonetize.local.host.HttpApiHost.Route;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpApiHostTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicReference<Invocation> seen = new AtomicReference<>();

  @Test
  void request_ofAnyKind_reachesTheHandlerAsAnEvent() throws Exception {
    try (var host = start(answering(response("ok")));
        var client = new RawHttp(host.port())) {
      client
          .send(
              "PUT /v1/a%2Fb?x=1&y=%20 HTTP/1.1\nHost: local\nCookie: a=1; b=2\nX-Two: 1\n"
                  + "X-Two: 2\nContent-Type: application/json\nContent-Length: 2",
              new byte[] {'{', '}'})
          .head();

      JsonNode event = new ObjectMapper().readTree(seen.get().event());
      assertThat(event.path("rawPath").asText()).isEqualTo("/v1/a%2Fb");
      assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&y=%20");
      assertThat(event.path("queryStringParameters"))
          .isEqualTo(new ObjectMapper().readTree("{\"x\":\"1\",\"y\":\" \"}"));
      assertThat(event.path("cookies")).extracting(JsonNode::asText).containsExactly("a=1", "b=2");
      assertThat(event.at("/headers/x-two").asText()).isEqualTo("1,2");
      assertThat(event.path("headers").has("cookie")).isFalse();
      assertThat(event.path("body").asText()).isEqualTo("{}");
      assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
      assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("PUT");
      assertThat(event.at("/requestContext/http/sourceIp").asText()).isEqualTo("127.0.0.1");
      assertThat(seen.get().requestId()).isEqualTo(event.at("/requestContext/requestId").asText());
      assertThat(seen.get().deadline()).isAfter(Instant.now());
    }
  }

  @Test
  void answer_withHeadersAndCookies_becomesAResponse() throws Exception {
    HttpReply answer =
        new HttpReply(
            201,
            Map.of("content-type", "text/plain", "x-one", "1"),
            List.of("s=1; HttpOnly", "t=2"),
            "made".getBytes(StandardCharsets.UTF_8),
            true);
    try (var host = start(answering(answer));
        var client = new RawHttp(host.port())) {
      List<String> head = client.get("/").head();

      assertThat(head.getFirst()).isEqualTo("HTTP/1.1 201 Created");
      assertThat(head)
          .contains(
              "content-type: text/plain",
              "x-one: 1",
              "Set-Cookie: s=1; HttpOnly",
              "Set-Cookie: t=2");
      assertThat(client.body(head)).isEqualTo("made");
    }
  }

  @Test
  void answer_inBase64_becomesItsBytes() throws Exception {
    HttpReply answer = new HttpReply(200, Map.of(), List.of(), new byte[] {0, (byte) 0xff}, false);
    try (var host = start(answering(answer));
        var client = new RawHttp(host.port())) {
      client.get("/").head();

      assertThat(client.bytes(2)).isEqualTo(new byte[] {0, (byte) 0xff});
    }
  }

  @Test
  void answer_ofMoreThan6Megabytes_isA500() throws Exception {
    try (var host = start(answering(response("x".repeat(Limits.PAYLOAD_BYTES))));
        var client = new RawHttp(host.port())) {
      assertThat(client.get("/").head().getFirst()).startsWith("HTTP/1.1 500");
    }
  }

  @Test
  void request_ofMoreThan6Megabytes_isA413() throws Exception {
    try (var host = start(answering(response("never")));
        var client = new RawHttp(host.port())) {
      List<String> head = client.post("/", "x".repeat(Limits.PAYLOAD_BYTES)).head();

      assertThat(head.getFirst()).startsWith("HTTP/1.1 413");
      assertThat(client.body(head)).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }
  }

  @Test
  void handler_thatFails_isA500() throws Exception {
    PayloadHandler failing =
        _ -> {
          throw new IllegalStateException("not for the caller");
        };
    try (var host = start(failing);
        var client = new RawHttp(host.port())) {
      List<String> head = client.get("/").head();

      assertThat(head.getFirst()).startsWith("HTTP/1.1 500");
      assertThat(client.body(head)).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }
  }

  @Test
  void handler_thatTakesTooLong_isA503() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    PayloadHandler slow =
        _ -> {
          never.await();
          return response("late").toJson();
        };
    try (var host = start(Duration.ofMillis(100), route(Set.of(), "*", slow));
        var client = new RawHttp(host.port())) {
      assertThat(client.get("/").head().getFirst()).startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void routes_thatBothMatch_giveTheFirst() throws Exception {
    try (var host =
            start(
                LONG,
                route(Set.of("POST"), "/one", answering(response("first"))),
                route(Set.of(), "*", answering(response("second"))));
        var client = new RawHttp(host.port())) {
      assertThat(client.body(client.post("/one?x=1", "{}").head())).isEqualTo("first");
      assertThat(client.body(client.get("/one").head())).isEqualTo("second");
    }
  }

  @Test
  void request_thatNoRouteTakes_isA404() throws Exception {
    try (var host = start(LONG, route(Set.of("POST"), "/one", answering(response("first"))));
        var client = new RawHttp(host.port())) {
      assertThat(client.get("/two").head().getFirst()).startsWith("HTTP/1.1 404");
    }
  }

  private static HttpReply response(String body) {
    return new HttpReply(200, Map.of(), List.of(), body.getBytes(StandardCharsets.UTF_8), true);
  }

  private PayloadHandler answering(HttpReply answer) {
    return invocation -> {
      seen.set(invocation);
      return answer.toJson();
    };
  }

  private static Route route(Set<String> methods, String path, PayloadHandler function) {
    return new Route(methods, path, "function", function);
  }

  private static HttpApiHost start(PayloadHandler function) throws IOException {
    return start(LONG, route(Set.of(), "*", function));
  }

  private static HttpApiHost start(Duration answerWithin, Route... routes) throws IOException {
    Log log = new Log(new ByteArrayOutputStream(), Log.Level.DEBUG, Clock.systemUTC());
    return HttpApiHost.start(0, List.of(routes), answerWithin, Clock.systemUTC(), log);
  }
}
