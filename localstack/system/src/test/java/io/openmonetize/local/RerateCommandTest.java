package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.events.Provider;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.storage.LedgerVerification;
import io.openmonetize.storage.ReratingRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class RerateCommandTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-08-01T09:00:00Z"), ZoneOffset.UTC);
  private static final Instant JULY = Instant.parse("2026-07-01T12:00:00Z");

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private DynamoDbServer server;
  private DynamoDbClient client;

  @BeforeEach
  void fillStore() {
    server = DynamoDbServer.start();
    client = server.client();
    RecordedCalls calls = new RecordedCalls(client);
    // 1 dollar a million in the bundled book, which has no price of the other model.
    calls.book("a", "acme", Provider.ANTHROPIC, "claude-haiku-4-5", JULY);
    calls.book("b", "globex", Provider.ANTHROPIC, "claude-haiku-4-5", JULY);
    calls.book("c", "acme", Provider.ANTHROPIC, "claude-of-tomorrow", JULY);
  }

  @AfterEach
  void stopServer() {
    client.close();
    server.close();
  }

  @Test
  void rerate_otherPrices_printsBeforeAndAfterByModel() throws IOException {
    assertThat(rerate()).isZero();

    assertThat(text())
        .startsWith(
            """
            provider   model               events  corrected  before  after  unpriced before  unpriced after
            ANTHROPIC  claude-haiku-4-5         2          2       2      1                0               0
            ANTHROPIC  claude-of-tomorrow       1          1       0    0.7                1               0
            all                                 3          3       2    1.7                1               0
            price book\s\
            """)
        .endsWith("\nrun " + new ReratingRuns(client, usage()).list(1).getFirst().id() + "\n");
    assertThat(LedgerVerification.run(client, usage(), null, Instant.MIN, Instant.MAX).drifts())
        .isEmpty();
  }

  @Test
  void rerate_dryRun_changesNothing() throws IOException {
    rerate("--dry-run");
    assertThat(text()).endsWith("\ndry run: nothing was changed\n");

    rerate("--dry-run");
    assertThat(text()).contains("all                                 3          3       2    1.7");
  }

  @Test
  void rerate_oneCustomersUnpriced_correctsThoseOnly() throws IOException {
    rerate(
        "--customer",
        "acme",
        "--unpriced",
        "--from",
        "2026-07-01T00:00:00Z",
        "--to",
        "2026-07-02T00:00:00Z");

    assertThat(text()).contains("all                                 1          1       0    0.7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--from",
        "--from yesterday",
        "--from +12026-07-01T00:00:00Z",
        "--from 2026-07-01T00:00:00Z --to 2026-07-01T00:00:00Z",
        "--unpriced --unpriced",
        "--all"
      })
  void rerate_wrongArguments_areRefused(String arguments) {
    assertThatThrownBy(() -> rerate(arguments.split(" ")))
        .isInstanceOf(ConfigurationException.class);
  }

  private int rerate(String... arguments) throws IOException {
    printed.reset();
    Path prices =
        Files.writeString(
            folder.resolve("prices.json"),
            """
            {"providers": {"ANTHROPIC": [
              {"names": ["claude-haiku-4-5"], "periods": [{"per_million_tokens": {"input": "0.5"}}]},
              {"names": ["claude-of-tomorrow"], "periods": [{"per_million_tokens": {"input": "0.7"}}]}
            ]}}
            """);
    List<String> all = new ArrayList<>(List.of("rerate"));
    all.addAll(List.of(arguments));
    return new RerateCommand(
            all,
            new Environment(Map.of("OM_PRICE_OVERRIDES", prices.toString())),
            NOW,
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(client, usage());
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String usage() {
    return Backends.TABLES.usage();
  }
}
