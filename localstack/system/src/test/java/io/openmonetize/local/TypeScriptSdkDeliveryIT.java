package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.local.FaultyRelay.Fault;
import io.openmonetize.runtime.http1.Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports of a TypeScript app on a bad way to the ingestion: each is in the ledger once. */
@Timeout(180)
class TypeScriptSdkDeliveryIT {
  private static TestSystem test;
  private static NodePrograms programs;

  private FaultyRelay relay;
  private String customer;

  @BeforeAll
  static void start() throws Exception {
    test = TestSystem.start();
    programs = NodePrograms.of(test);
  }

  @AfterAll
  static void stop() {
    test.close();
  }

  @BeforeEach
  void startRelay() throws IOException {
    relay = FaultyRelay.before(test.system().ingestion());
    customer = "customer-" + UUID.randomUUID();
  }

  @AfterEach
  void stopRelay() {
    relay.close();
  }

  @Test
  void ingestion_downThenUp_getsAllOnce() throws Exception {
    relay.stop();
    try (NodeProgram app = app("delivery", "250")) {
      app.await("tracked");
      JsonNode tries = app.await("failedRequests");
      while (tries.path("failedRequests").asInt() < 4) {
        tries = app.await("failedRequests");
      }
      relay.startAgain();

      assertAllBookedOnce(app, 250, 0);
    }
  }

  @Test
  void ingestion_killedBetweenTakingAndAnswering_countsEachOnce() throws Exception {
    relay.then(new Fault.CutBeforeAnswer(), new Fault.CutBeforeAnswer());
    try (NodeProgram app = app("delivery", "250")) {
      // The first batch was taken three times, and the ledger knows which copies are one event.
      assertAllBookedOnce(app, 250, 0);
      assertThat(relay.requests()).isEqualTo(5);
    }
  }

  @Test
  void connections_reset_areTriedAgain() throws Exception {
    relay.then(new Fault.Refuse(), new Fault.Refuse(), new Fault.Refuse());
    try (NodeProgram app = app("delivery", "100")) {
      assertAllBookedOnce(app, 100, 0);
    }
  }

  @Test
  void rateLimit_withRetryAfter_isObeyed() throws Exception {
    relay.then(
        error(429, "RATE_LIMITED", "Retry-After", "3"),
        error(503, "RATE_LIMITED", "Retry-After", "1"));
    long begin = System.nanoTime();
    try (NodeProgram app = app("delivery", "150")) {
      assertAllBookedOnce(app, 150, 0);
    }
    // Its own waits for the first two retries are under a second in all.
    assertThat(System.nanoTime() - begin).isGreaterThan(4_000_000_000L);
    assertThat(relay.requests()).isEqualTo(4);
  }

  @Test
  void pagesOfAGateway_whateverTheirStatus_areTriedAgain() throws Exception {
    relay.then(
        FaultyRelay.page(502), FaultyRelay.page(400), FaultyRelay.page(403), FaultyRelay.page(200));
    try (NodeProgram app = app("delivery", "100")) {
      assertAllBookedOnce(app, 100, 0);
    }
  }

  @Test
  void oneBadEventOfAHundred_judgedByTheIngestion_failsAlone() throws Exception {
    try (NodeProgram app = app("delivery", "100", "bad")) {
      JsonNode failed = assertAllBookedOnce(app, 99, 1);

      assertThat(failed.path("reason").asText()).contains("timestamp");
      assertThat(relay.requests()).isEqualTo(1);
    }
  }

  @Test
  void oneBadEventOfAHundred_ofAServerThatRefusesAllOfTheBatch_failsAlone() throws Exception {
    // It takes all of a batch or nothing, and doesn't say which event is wrong.
    Fault strict = new Fault.InsteadIf("\"user-50\"", error(400, "INVALID"));
    relay.then(IntStream.range(0, 20).mapToObj(i -> strict).toArray(Fault[]::new));
    try (NodeProgram app = app("delivery", "100")) {
      JsonNode failed = assertAllBookedOnce(app, 99, 1);

      assertThat(failed.path("code").asText()).isEqualTo("INVALID");
    }
  }

  @Test
  void wrongKey_failsAllForGoodAndSaysSo() throws Exception {
    Map<String, String> variables = Map.of("OPENMONETIZE_API_KEY", "om_live_wrong");
    try (NodeProgram app = app(variables, "delivery", "100")) {
      JsonNode report = app.await("report").path("report");

      assertThat(report.path("accepted").asInt()).isZero();
      assertThat(report.path("failed")).hasSize(100);
      assertThat(app.logged()).contains("[OpenMonetize]").doesNotContain("om_live_wrong");
      assertThat(SettledEvents.of(test, customer)).isEmpty();
    }
  }

  @Test
  void app_killedWithASpool_reportsAllOnceAfterItsRestart(@TempDir Path spool) throws Exception {
    // The first batch is taken without an answer, so that what was sent is sent again as well.
    relay.then(new Fault.CutBeforeAnswer());
    for (int i = 0; i < 1000; i++) {
      relay.then(new Fault.Refuse());
    }
    Map<String, String> variables = Map.of("SPOOL", spool.toString());
    try (NodeProgram app = app(variables, "spool-until-killed")) {
      app.await("tracked");
      awaitRequests(2);
      app.kill();
    }
    relay.close();
    relay = FaultyRelay.before(test.system().ingestion());

    try (NodeProgram app = app(variables, "spool-after-restart")) {
      JsonNode said = app.await("report");
      app.awaitEnd();

      assertThat(said.path("report").path("failed")).isEmpty();
      assertThat(said.path("report").path("pending").asInt()).isZero();
      assertThat(said.path("stats").path("accepted").asInt()).isEqualTo(301);
    }
    assertUsersBookedOnce(IntStream.rangeClosed(0, 300).boxed().toList());
    assertThat(spool).isEmptyDirectory();
  }

  /** As the API says it, in JSON. */
  private static Fault.Instead error(int status, String code, String... headers) {
    Headers all = Headers.of("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return new Fault.Instead(
        status, all, "{\"error\":\"%s\",\"message\":\"of the relay\"}".formatted(code));
  }

  private NodeProgram app(String name, String... arguments) throws IOException {
    return app(Map.of(), name, arguments);
  }

  private NodeProgram app(Map<String, String> variables, String name, String... arguments)
      throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("CUSTOMER", customer);
    all.put("OPENMONETIZE_BASE_URL", relay.endpoint().toString());
    all.putAll(variables);
    return programs.start(all, name, arguments);
  }

  /** The events of users 0 and up, less the one in the middle where one fails, which is given. */
  private JsonNode assertAllBookedOnce(NodeProgram app, int accepted, int failed) throws Exception {
    JsonNode said = app.await("report");
    app.awaitEnd();
    JsonNode report = said.path("report");
    assertThat(report.path("accepted").asInt()).as(report.toString()).isEqualTo(accepted);
    assertThat(report.path("failed")).as(report.toString()).hasSize(failed);
    assertThat(report.path("dropped").asInt()).isZero();
    assertThat(report.path("pending").asInt()).isZero();
    assertThat(said.path("again").path("accepted").asInt()).isZero();
    assertThat(said.path("stats").path("tracked").asInt()).isEqualTo(accepted + failed);
    assertThat(said.path("stats").path("queued").asInt()).isZero();
    assertThat(app.logged()).doesNotContain("user-");
    assertUsersBookedOnce(
        IntStream.range(0, accepted + failed)
            .filter(user -> failed == 0 || user != (accepted + failed) / 2)
            .boxed()
            .toList());
    return report.path("failed").path(0);
  }

  private void assertUsersBookedOnce(List<Integer> users) throws Exception {
    assertThat(SettledEvents.of(test, customer))
        .extracting(event -> event.path("user_id").asText())
        .containsExactlyInAnyOrderElementsOf(users.stream().map(user -> "user-" + user).toList());
  }

  private void awaitRequests(int count) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (relay.requests() < count) {
      assertThat(System.nanoTime()).as("requests that came").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
