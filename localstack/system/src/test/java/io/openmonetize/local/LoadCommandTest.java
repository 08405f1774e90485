package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.DynamoDbServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
  private static final List<String> SMALL =
      List.of("load", "--events", "300", "--customers", "4", "--days", "2");

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void load_intoAFolder_addsUp() throws IOException {
    load(Map.of(), SMALL);

    assertThat(verifyFolder()).isZero();
    assertThat(printed()).contains("300 events,").contains(" 0 differences");
  }

  @Test
  void load_intoAFolderThatHasData_isRefused() throws IOException {
    load(Map.of(), SMALL);

    assertThatThrownBy(() -> load(Map.of(), SMALL))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("holds data already");
    assertThat(verifyFolder()).isZero();
  }

  @Test
  void load_intoAStoreThatHasData_isRefused() throws IOException {
    try (DynamoDbServer server = DynamoDbServer.start()) {
      Map<String, String> named =
          Map.of(
              "OM_DYNAMODB_ENDPOINT",
              server.endpoint().toString(),
              "OM_SQS_ENDPOINT",
              "http://127.0.0.1:1");
      load(named, SMALL);

      assertThatThrownBy(() -> load(named, SMALL))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("not empty");
      assertThat(verify(named)).isZero();
    }
  }

  @Test
  void load_ofNoNumber_saysWhatIsWanted() {
    assertThatThrownBy(() -> load(Map.of(), List.of("load", "--events", "many")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--events must be a whole number");
    assertThatThrownBy(() -> load(Map.of(), List.of("load", "--rows", "5")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("usage: ./om load");
  }

  private void load(Map<String, String> variables, List<String> arguments) throws IOException {
    new LoadCommand(new Environment(variables), folder, Clock.systemUTC(), printer())
        .run(arguments);
  }

  /** With no queue, since a process can have but one that is kept. */
  private int verifyFolder() throws IOException {
    try (DynamoDbServer server = DynamoDbServer.start(folder.resolve("store/tables.db"), 0)) {
      return verify(named(server));
    }
  }

  private static Map<String, String> named(DynamoDbServer server) {
    return Map.of(
        "OM_DYNAMODB_ENDPOINT",
        server.endpoint().toString(),
        "OM_SQS_ENDPOINT",
        "http://127.0.0.1:1");
  }

  private int verify(Map<String, String> variables) throws IOException {
    return new LedgerCommands(new Environment(variables), folder, Clock.systemUTC(), printer())
        .run(List.of("verify-ledger"));
  }

  private PrintStream printer() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
