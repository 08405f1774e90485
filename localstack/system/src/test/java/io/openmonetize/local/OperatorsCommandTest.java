package io.openmonetize.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.SqsServer;
import io.openmonetize.query.operators.Operators;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class OperatorsCommandTest {
  @TempDir private Path folder;

  private DynamoDbServer store;
  private SqsServer queue;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void start() {
    store = DynamoDbServer.start();
    queue = SqsServer.start();
  }

  @AfterEach
  void stop() {
    queue.close();
    store.close();
  }

  @Test
  void add_operator_printsThePasswordThatHolds() throws Exception {
    assertThat(run("operators", "add", "ann")).isZero();

    assertThat(authenticates("ann", password())).isTrue();
    assertThat(run("operators", "list")).isZero();
    assertThat(output()).isEqualTo("ann\n");
  }

  @Test
  void add_nameThatIsThere_isRefused() throws Exception {
    run("operators", "add", "ann");
    String password = password();

    assertThat(run("operators", "add", "ann")).isEqualTo(1);

    assertThat(output()).contains("already").doesNotContain("password:");
    assertThat(authenticates("ann", password)).isTrue();
  }

  @Test
  void reset_operator_replacesThePassword() throws Exception {
    run("operators", "add", "ann");
    String old = password();

    assertThat(run("operators", "reset", "ann")).isZero();

    assertThat(authenticates("ann", password())).isTrue();
    assertThat(authenticates("ann", old)).isFalse();
  }

  @Test
  void remove_operator_isGone() throws Exception {
    run("operators", "add", "ann");

    assertThat(run("operators", "remove", "ann")).isZero();
    assertThat(run("operators", "remove", "ann")).isEqualTo(1);

    run("operators", "list");
    assertThat(output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operators", "operators add", "operators list ann", "operators make ann"})
  void run_wrongArguments_saysHow(String line) {
    assertThatThrownBy(() -> run(line.split(" ")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("usage: ./om operators");
  }

  private int run(String... arguments) throws Exception {
    printed.reset();
    Map<String, String> variables =
        Map.of(
            "OM_DYNAMODB_ENDPOINT", store.endpoint().toString(),
            "OM_SQS_ENDPOINT", queue.endpoint().toString());
    return new LedgerCommands(
            new Environment(variables),
            folder,
            Clock.systemUTC(),
            new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String password() {
    return output().lines().toList().getLast().substring("password: ".length());
  }

  private boolean authenticates(String name, String password) {
    try (DynamoDbClient client = store.client()) {
      return Operators.create(client, Backends.TABLES.control(), new SecureRandom())
          .authenticate(name, password)
          .isPresent();
    }
  }
}
