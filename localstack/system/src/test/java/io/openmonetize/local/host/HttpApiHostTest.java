package io.openmonetize.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.openmonetize.local.host.HttpApiHost.Route;
import io.openmonetize.logging.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
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

  private final AtomicReference<APIGatewayV2HTTPEvent> seen = new AtomicReference<>();
  private final AtomicReference<Context> context = new AtomicReference<>();

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

      APIGatewayV2HTTPEvent event = seen.get();
      assertThat(event.getRawPath()).isEqualTo("/v1/a%2Fb");
      assertThat(event.getRawQueryString()).isEqualTo("x=1&y=%20");
      assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("x", "1", "y", " "));
      assertThat(event.getCookies()).containsExactly("a=1", "b=2");
      assertThat(event.getHeaders()).containsEntry("x-two", "1,2").doesNotContainKey("cookie");
      assertThat(event.getBody()).isEqualTo("{}");
      assertThat(event.getIsBase64Encoded()).isFalse();
      assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("PUT");
      assertThat(event.getRequestContext().getHttp().getSourceIp()).isEqualTo("127.0.0.1");
      assertThat(context.get().getAwsRequestId())
          .isEqualTo(event.getRequestContext().getRequestId());
      assertThat(context.get().getRemainingTimeInMillis()).isPositive();
    }
  }

  @Test
  void answer_withHeadersAndCookies_becomesAResponse() throws Exception {
    APIGatewayV2HTTPResponse answer = response("made");
    answer.setStatusCode(201);
    answer.setHeaders(Map.of("content-type", "text/plain", "x-one", "1"));
    answer.setCookies(List.of("s=1; HttpOnly", "t=2"));
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
    APIGatewayV2HTTPResponse answer = response("AP8=");
    answer.setIsBase64Encoded(true);
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
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> failing =
        (event, lambda) -> {
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
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> slow =
        (event, lambda) -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return response("late");
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

  private static APIGatewayV2HTTPResponse response(String body) {
    return APIGatewayV2HTTPResponse.builder().withStatusCode(200).withBody(body).build();
  }

  private RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> answering(
      APIGatewayV2HTTPResponse answer) {
    return (event, lambda) -> {
      seen.set(event);
      context.set(lambda);
      return answer;
    };
  }

  private static Route route(
      Set<String> methods,
      String path,
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function) {
    return new Route(methods, path, "function", function);
  }

  private static HttpApiHost start(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function) throws IOException {
    return start(LONG, route(Set.of(), "*", function));
  }

  private static HttpApiHost start(Duration answerWithin, Route... routes) throws IOException {
    Log log = new Log(new ByteArrayOutputStream(), Log.Level.DEBUG, Clock.systemUTC());
    return HttpApiHost.start(0, List.of(routes), answerWithin, Clock.systemUTC(), log);
  }
}
