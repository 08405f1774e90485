package io.openmonetize.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.runtime.http1.Headers;
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

/** A function that cannot start says why: on Lambda its log is all there is. */
final class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> targets = new CopyOnWriteArrayList<>();

  @Test
  void run_settingMissing_isNamedInTheLog() throws Exception {
    assertThat(run(Map.of())).isFalse();
    assertThat(out.toString(UTF_8))
        .contains("\"event\":\"function.not_started\"")
        .contains("OM_CONTROL_TABLE");
  }

  @Test
  void run_settingWrong_isAnInitErrorAndNamedWithoutItsValue() throws Exception {
    assertThat(run(Map.of("OM_PROXY_WORKERS", "several"))).isFalse();
    assertThat(targets).containsExactly("/2018-06-01/runtime/init/error");
    assertThat(out.toString(UTF_8)).contains("OM_PROXY_WORKERS").doesNotContain("several");
  }

  private boolean run(Map<String, String> settings) throws IOException {
    try (HttpServer api =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            exchange -> {
              targets.add(exchange.request().target());
              exchange.respond(202, Headers.NONE, new byte[0]);
            })) {
      Map<String, String> variables = new HashMap<>(settings);
      variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.port());
      PrintStream stream = new PrintStream(out, true, UTF_8);
      return Main.run(variables, stream, stream);
    }
  }
}
