package io.openmonetize.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.runtime.InvocationHandler;
import io.openmonetize.runtime.PayloadHandler;
import io.openmonetize.runtime.http1.Headers;
import io.openmonetize.runtime.http1.HttpExchange;
import io.openmonetize.runtime.http1.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Against a Runtime API that hands out one event and says then that there are no more. */
class FunctionProcessTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private boolean given;

  @Test
  void run_handlerOfThePackage_answers() throws Exception {
    assertThat(run(Map.of("_HANDLER", "two"))).isTrue();

    assertThat(requests)
        .containsExactly(
            "GET /2018-06-01/runtime/invocation/next null ",
            "POST /2018-06-01/runtime/invocation/r-1/response null two says {}",
            "GET /2018-06-01/runtime/invocation/next null ");
  }

  @Test
  void run_handlerThatFails_isReportedWithItsType() throws Exception {
    assertThat(run(Map.of("_HANDLER", "broken"))).isTrue();

    assertThat(requests.get(1))
        .startsWith("POST /2018-06-01/runtime/invocation/r-1/error java.io.IOException ")
        .doesNotContain("secret");
  }

  @Test
  void run_unknownHandler_isAnInitErrorThatNamesTheKnown() throws Exception {
    assertThat(run(Map.of("_HANDLER", "three"))).isFalse();

    assertThat(requests)
        .singleElement()
        .asString()
        .startsWith("POST /2018-06-01/runtime/init/error");
    assertThat(out.toString(UTF_8))
        .contains("function.not_started")
        .contains("_HANDLER is none of this package's handlers, which are broken, one, two")
        .doesNotContain("three");
  }

  @Test
  void run_noHandler_isAnInitError() throws Exception {
    assertThat(run(Map.of())).isFalse();

    assertThat(out.toString(UTF_8)).contains("_HANDLER is not set");
  }

  private boolean run(Map<String, String> variables) throws IOException {
    try (HttpServer api =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::handle)) {
      Map<String, String> all = new HashMap<>(variables);
      all.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.port());
      PrintStream stream = new PrintStream(out, true, UTF_8);
      return new FunctionProcess(all, stream, stream)
          .run(
              Map.of(
                  "one", (environment, log) -> saying("one"),
                  "two", (environment, log) -> saying("two"),
                  "broken", FunctionProcessTest::broken));
    }
  }

  private static PayloadHandler saying(String name) {
    return invocation -> (name + " says " + new String(invocation.event(), UTF_8)).getBytes(UTF_8);
  }

  private static InvocationHandler broken(Environment environment, Log log) {
    PayloadHandler failing =
        _ -> {
          throw new IOException("secret");
        };
    return failing;
  }

  private void handle(HttpExchange exchange) throws IOException {
    Headers headers = exchange.request().headers();
    requests.add(
        exchange.request().method()
            + " "
            + exchange.request().target()
            + " "
            + headers.first("Lambda-Runtime-Function-Error-Type").orElse(null)
            + " "
            + new String(exchange.body().readAll(10_000), UTF_8));
    if (exchange.request().method().equals("POST")) {
      exchange.respond(202, Headers.NONE, new byte[0]);
    } else if (given) {
      exchange.respond(410, Headers.NONE, new byte[0]);
    } else {
      given = true;
      exchange.respond(
          200,
          Headers.of(
              "Lambda-Runtime-Aws-Request-Id",
              "r-1",
              "Lambda-Runtime-Deadline-Ms",
              "1790000000000"),
          "{}".getBytes(UTF_8));
    }
  }
}
