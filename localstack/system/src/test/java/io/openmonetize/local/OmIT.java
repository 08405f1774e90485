package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.keys.KeyText;
import io.openmonetize.local.parts.Script;
import io.openmonetize.local.parts.StandInProviders;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code ./om} as a developer runs it: starts, restarts, refusals, signals, parts that are killed.
 */
@Timeout(300)
class OmIT {
  @TempDir Path folder;

  private StandInProviders providers;
  private HttpClient http;

  @BeforeEach
  void startProviders() throws IOException {
    providers = StandInProviders.start();
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void stopProviders() {
    http.shutdownNow();
    providers.close();
  }

  @Test
  void up_whenReady_saysOneLineAndServes() throws Exception {
    try (OmProcess om = up(Map.of())) {
      JsonNode ready = om.ready();
      assertThat(ready.path("event").asText()).isEqualTo("ready");
      assertThat(ready.path("operator").path("name").asText()).isNotEmpty();
      assertThat(ready.path("operator").path("password").asText()).isNotEmpty();

      assertThat(call(ready, "one").statusCode()).isEqualTo(200);
      assertThat(awaitEvents(ready, "one", 1)).hasSize(1);

      om.terminate();
      om.awaitEnd();
      assertThat(om.rest()).isEmpty();
    }
  }

  @Test
  void up_again_hasItsKeyAndItsEvents() throws Exception {
    JsonNode first;
    try (OmProcess om = up(Map.of())) {
      first = om.ready();
      call(first, "kept");
      awaitEvents(first, "kept", 1);
    }
    try (OmProcess om = up(Map.of())) {
      JsonNode second = om.ready();

      assertThat(second.path("apiKey")).isEqualTo(first.path("apiKey"));
      assertThat(second.path("operator")).isEqualTo(first.path("operator"));
      assertThat(awaitEvents(second, "kept", 1)).hasSize(1);
    }
  }

  @Test
  void up_killedAfterTheAnswer_booksTheCallAtTheNextStart() throws Exception {
    try (OmProcess om = up(Map.of())) {
      JsonNode ready = om.ready();
      for (int i = 0; i < 5; i++) {
        call(ready, "killed");
      }
      awaitAccepted(om, "killed", 5);
      om.kill();
    }
    try (OmProcess om = up(Map.of())) {
      assertThat(awaitEvents(om.ready(), "killed", 5)).hasSize(5);
    }
  }

  @Test
  void up_toldToEndAmidAStream_letsItEndAndBooksIt() throws Exception {
    JsonNode ready;
    try (OmProcess om = up(Map.of())) {
      ready = om.ready();
      Script usual = usualStream(ready);
      Script slow = Script.sse();
      for (Script.Step step : usual.steps()) {
        if (step instanceof Script.Send(byte[] bytes)) {
          slow = slow.send(bytes).pause(Duration.ofMillis(200));
        }
      }
      providers.anthropic().enqueue(slow);
      HttpResponse<InputStream> answer =
          http.send(
              request(ready, "last", RawClient.STREAMED_MESSAGE), BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        int first = body.read();
        om.terminate();
        assertThat(first).isEqualTo(usual.body()[0]);
        assertThat(body.readAllBytes()).hasSize(usual.body().length - 1);
      }
      om.awaitEnd();
    }
    try (OmProcess om = up(Map.of())) {
      assertThat(awaitEvents(om.ready(), "last", 1)).hasSize(1);
    }
  }

  @Test
  void up_withAGivenKey_takesThatKey() throws Exception {
    String key = KeyText.random("dev", new SecureRandom()).reveal();
    try (OmProcess om = up(Map.of("OM_API_KEY", key))) {
      JsonNode ready = om.ready();

      assertThat(ready.path("apiKey").asText()).isEqualTo(key);
      assertThat(call(ready, "given").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"om_dev_1234", "secret", "om_live_0"})
  void up_withAMalformedKey_refusesToStartWithoutRepeatingIt(String key) throws Exception {
    try (OmProcess om = up(Map.of("OM_API_KEY", key))) {
      assertThat(om.awaitEnd()).isEqualTo(1);
      assertThat(om.rest()).isEmpty();
      assertThat(om.errors()).contains("OM_API_KEY").doesNotContain(key);
    }
  }

  @Test
  void up_withAKeyOfAnotherEnvironment_refusesToStart() throws Exception {
    String key = KeyText.random("live", new SecureRandom()).reveal();
    try (OmProcess om = up(Map.of("OM_API_KEY", key))) {
      assertThat(om.awaitEnd()).isEqualTo(1);
      assertThat(om.errors()).contains("OM_API_KEY", "live").doesNotContain(key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OM_PROXY_PORT", "OM_INGESTION_PORT", "OM_DASHBOARD_PORT"})
  void up_onATakenPort_namesItsVariable(String variable) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        OmProcess om = up(Map.of(variable, Integer.toString(taken.getLocalPort())))) {
      assertThat(om.awaitEnd()).isEqualTo(1);
      assertThat(om.errors()).contains(variable, Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void up_twiceOnOneFolder_refusesTheSecond() throws Exception {
    try (OmProcess first = up(Map.of())) {
      first.ready();
      try (OmProcess second = up(Map.of())) {
        assertThat(second.awaitEnd()).isEqualTo(1);
        assertThat(second.errors()).contains("another OpenMonetize", "OM_DATA_DIR");
      }
    }
  }

  @Test
  void verifyLedger_whileTheSystemRunsAndAfterItsDeath_findsItsLedger() throws Exception {
    try (OmProcess om = up(Map.of())) {
      JsonNode ready = om.ready();
      call(ready, "verified");
      awaitEvents(ready, "verified", 1);
      assertVerified();
      om.kill();
    }
    assertVerified();
  }

  private void assertVerified() throws Exception {
    try (OmProcess verify = OmProcess.start(folder, Map.of(), "verify-ledger")) {
      assertThat(verify.awaitEnd()).as(verify.errors()).isZero();
      assertThat(verify.rest()).startsWith("1 events, ").endsWith(" 0 differences");
    }
  }

  @Test
  void demo_whenReady_hasTrafficByItself() throws Exception {
    try (OmProcess om = OmProcess.start(folder, Map.of(), "demo")) {
      JsonNode ready = om.ready();

      assertThat(awaitEvents(ready, "", 5)).hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void reset_afterARun_forgetsAllAndLeavesOthersFiles() throws Exception {
    try (OmProcess om = up(Map.of())) {
      om.ready();
    }
    Path foreign = Files.writeString(folder.resolve("data/notes.txt"), "not ours");

    try (OmProcess om = OmProcess.start(folder, Map.of(), "reset")) {
      assertThat(om.awaitEnd()).isZero();
    }

    assertThat(foreign).exists();
    try (var left = Files.list(folder.resolve("data"))) {
      assertThat(left).containsExactly(foreign);
    }
  }

  @Test
  void command_unknown_showsWhatThereIs() throws Exception {
    try (OmProcess om = OmProcess.start(folder, Map.of(), "fly")) {
      assertThat(om.awaitEnd()).isEqualTo(1);
      assertThat(om.errors()).contains("up", "demo", "reset");
    }
  }

  @Test
  void parts_eachAProcess_surviveTheQueuesAndTheWorkersDeath() throws Exception {
    try (OmProcess store = OmProcess.start(folder, Map.of(), "store")) {
      JsonNode stored = store.ready();
      Map<String, String> where = new HashMap<>();
      where.put("OM_DYNAMODB_ENDPOINT", stored.path("store").asText());
      OmProcess queue = OmProcess.start(folder, Map.of(), "queue");
      where.put("OM_SQS_ENDPOINT", queue.ready().path("queue").asText());
      where.put("ANTHROPIC_BASE_URL", providers.anthropic().baseUrl().toString());
      try (OmProcess proxy = OmProcess.start(folder, where, "proxy");
          OmProcess api = OmProcess.start(folder, where, "api")) {
        OmProcess worker = OmProcess.start(folder, where, "worker");
        JsonNode ready =
            TestSystem.JSON
                .createObjectNode()
                .put("apiKey", stored.path("apiKey").asText())
                .put("proxy", proxy.ready().path("proxy").asText())
                .put("dashboard", api.ready().path("dashboard").asText());
        worker.ready();
        call(ready, "before");
        awaitEvents(ready, "before", 1);

        worker.kill();
        call(ready, "between");
        awaitAccepted(proxy, "between", 1);
        queue.kill();
        queue.close();
        try (OmProcess again = OmProcess.start(folder, where, "queue")) {
          again.ready();
          try (OmProcess next = OmProcess.start(folder, where, "worker")) {
            next.ready();
            assertThat(awaitEvents(ready, "between", 1)).hasSize(1);
          }
        }
        worker.close();
      }
    }
  }

  private OmProcess up(Map<String, String> more) throws IOException {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("ANTHROPIC_BASE_URL", providers.anthropic().baseUrl().toString());
    return OmProcess.start(folder, variables, "up");
  }

  private Script usualStream(JsonNode ready) throws Exception {
    http.send(request(ready, "usual", RawClient.STREAMED_MESSAGE), BodyHandlers.discarding());
    return providers.anthropic().calls().getLast().script();
  }

  private HttpResponse<byte[]> call(JsonNode ready, String customer) throws Exception {
    return http.send(request(ready, customer, RawClient.MESSAGE), BodyHandlers.ofByteArray());
  }

  private static HttpRequest request(JsonNode ready, String customer, String body) {
    return RawClient.post(
            URI.create(ready.path("proxy").asText()),
            "/v1/messages",
            body,
            Map.of(
                "X-OM-Customer-Id",
                customer,
                "X-OM-User-Id",
                "ann",
                "X-OM-Feature-Id",
                "chat",
                "X-OM-Api-Key",
                ready.path("apiKey").asText()))
        .build();
  }

  /** Usage is enqueued after the answer: waits until the log says that it was. */
  private static void awaitAccepted(OmProcess om, String customer, int count) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (records(om, customer).size() < count) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      Thread.sleep(50);
    }
    // The line comes just before the send, which takes as long as one write of the queue's file.
    Thread.sleep(1000);
  }

  private static List<String> records(OmProcess om, String customer) throws IOException {
    return om.errors()
        .lines()
        .filter(line -> line.contains("\"usage.record\"") && line.contains(customer))
        .toList();
  }

  private JsonNode awaitEvents(JsonNode ready, String customer, int count) throws Exception {
    String query = customer.isEmpty() ? "" : "?customer_id=" + customer;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ready.path("dashboard").asText() + "/v1/events" + query))
            .header("Authorization", "Bearer " + ready.path("apiKey").asText())
            .build();
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (true) {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      JsonNode events = TestSystem.JSON.readTree(answer.body()).path("data");
      if (answer.statusCode() == 200 && events.size() >= count) {
        return events;
      }
      assertThat(System.nanoTime())
          .as(new String(answer.body(), StandardCharsets.UTF_8))
          .isLessThan(deadline);
      Thread.sleep(100);
    }
  }
}
