package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.queue.PipelineState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real SDK clients call all the time while worker, proxy, queue and store are killed in turn, each
 * as a process of its own, and started again. Then the proxies' log is replayed, and the ledger
 * must agree with the log and with the providers, call by call ({@link DrillReport}).
 *
 * <p>{@code -Ddrill.rounds=N} kills each part N times; {@code ./om drill} prints the table.
 */
@Timeout(3_600)
class KillDrillIT {
  private static final int ROUNDS = Integer.getInteger("drill.rounds", 1);
  private static final long LOAD_BETWEEN_MS = 2_500;

  /** Short, so that the drill need not wait for a quarter of an hour. */
  private static final String INTENT_DELAY_MS = "5000";

  @TempDir Path folder;

  @Test
  void parts_killedInTurnUnderLoad_loseAndDoubleNothing() throws Exception {
    try (DrillProviders providers = DrillProviders.start()) {
      Map<String, String> variables = new HashMap<>(providers.variables());
      variables.put("OM_INTENT_DELAY_MS", INTENT_DELAY_MS);
      try (DrillSystem system = DrillSystem.start(folder, variables)) {
        drill(providers, system);
      }
    }
  }

  private void drill(DrillProviders providers, DrillSystem system) throws Exception {
    DrillClients clients = DrillClients.start(system.proxy(), system.apiKey());
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (DrillSystem.Part part :
            List.of(
                DrillSystem.Part.WORKER,
                DrillSystem.Part.PROXY,
                DrillSystem.Part.QUEUE,
                DrillSystem.Part.STORE)) {
          Thread.sleep(LOAD_BETWEEN_MS);
          system.killAndRestart(part);
        }
      }
      Thread.sleep(LOAD_BETWEEN_MS);
    } finally {
      clients.stop();
    }
    List<DrillProviders.Served> served = providers.served();
    system.awaitQuiet();
    Set<String> beforeReplay =
        system.ledger().stream().map(UsageEvent::eventId).collect(Collectors.toSet());
    List<String> lines = system.proxyLog();
    String replayed = replay(system, lines);
    PipelineState after = system.awaitQuiet();

    DrillReport report = new DrillReport(served, DrillLog.read(lines), system.ledger());
    Map<String, String> rows = report.rows(clients, beforeReplay);
    rows.put("./om replay", replayed);
    rows.put("dead letters", "" + after.deadLetters());
    rows.put("./om verify-ledger", verified(system));
    print(rows);
    assertThat(report.lost()).as("lost").isEmpty();
    assertThat(report.doubled()).as("doubled").isEmpty();
    assertThat(report.wrong()).as("booked otherwise than served").isEmpty();
    assertThat(report.booked()).isPositive();
    assertThat(after.deadLetters()).isZero();
    assertThat(rows.get("./om verify-ledger")).endsWith(" 0 differences");
    assertThat(eventsByApi(system)).isEqualTo(report.booked() + report.unaccounted());
  }

  private String replay(DrillSystem system, List<String> lines) throws Exception {
    Path log = Files.write(folder.resolve("proxy.log"), lines);
    try (OmProcess replay = system.run("replay", log.toString())) {
      replay.awaitEnd();
      String said = replay.rest().replace("\n", "; ");
      assertThat(said).contains("refused 0");
      return said;
    }
  }

  private static String verified(DrillSystem system) throws Exception {
    try (OmProcess verify = system.run("verify-ledger")) {
      verify.awaitEnd();
      return verify.rest().replace("\n", "; ");
    }
  }

  private static long eventsByApi(DrillSystem system) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(system.dashboard() + "/v1/usage/summary"))
              .header("Authorization", "Bearer " + system.apiKey())
              .build();
      JsonNode sums =
          TestSystem.JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
      return sums.path("data").path("events").asLong(-1);
    }
  }

  private static void print(Map<String, String> rows) throws Exception {
    StringBuilder table =
        new StringBuilder("| kill drill, " + ROUNDS + " rounds | |\n| --- | --- |\n");
    rows.forEach((what, count) -> table.append("| %s | %s |%n".formatted(what, count)));
    System.out.print(table);
    // For ./om drill: Maven, told to be quiet, keeps what a test prints.
    Files.writeString(Files.createDirectories(Path.of("target")).resolve("drill.md"), table);
  }
}
