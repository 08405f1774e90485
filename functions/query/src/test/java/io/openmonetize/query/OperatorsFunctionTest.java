package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.query.operators.OperatorChange;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.OperatorTable.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class OperatorsFunctionTest {
  private static final Context NO_CONTEXT =
      (Context)
          Proxy.newProxyInstance(
              Context.class.getClassLoader(),
              new Class<?>[] {Context.class},
              (_, method, _) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private final QuerySystem system;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final OperatorsFunction function;

  OperatorsFunctionTest(QuerySystem system) {
    this.system = system;
    this.function =
        new OperatorsFunction(system.accounts, new Log(log, Log.Level.DEBUG, system.clock));
  }

  @Test
  void add_newName_signsInWithThePasswordThatIsShown() {
    JsonNode made = invoke("{\"name\":\"ann\"}");

    assertThat(made.properties()).extracting(Map.Entry::getKey).containsExactly("name", "password");
    String password = made.path("password").asText();
    assertThat(password).hasSizeGreaterThanOrEqualTo(20);
    assertThat(system.signIn("ann", password).send().status()).isEqualTo(200);
    assertThat(invoke("{}").toString()).isEqualTo("{\"names\":[\"ann\"]}");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("ann").doesNotContain(password);
    assertThat(system.controlTable()).doesNotContain(password);
  }

  @Test
  void add_nameThatIsThere_isRefusedAndThePasswordStays() {
    String password = invoke("{\"name\":\"ann\"}").path("password").asText();

    JsonNode again = invoke("{\"name\":\"ann\"}");

    assertThat(again.path("error").asText()).isEqualTo("EXISTS");
    assertThat(again.has("password")).isFalse();
    assertThat(system.operators.authenticate("ann", password)).isPresent();
  }

  @Test
  void reset_operator_endsSessionsAndGivesANewPassword() {
    String old = invoke("{\"name\":\"ann\"}").path("password").asText();
    String session = QuerySystem.token(system.signIn("ann", old).send());

    String fresh = invoke("{\"name\":\"ann\",\"reset\":true}").path("password").asText();

    assertThat(system.get("/v1/session").cookie(session).send().status()).isEqualTo(401);
    assertThat(system.signIn("ann", old).send().status()).isEqualTo(401);
    assertThat(system.signIn("ann", fresh).send().status()).isEqualTo(200);
  }

  @Test
  void remove_operator_endsSessionsAndLeavesTheList() {
    String password = invoke("{\"name\":\"ann\"}").path("password").asText();
    String session = QuerySystem.token(system.signIn("ann", password).send());

    JsonNode removed = invoke("{\"name\":\"ann\",\"remove\":true}");

    assertThat(removed.toString()).isEqualTo("{\"name\":\"ann\",\"removed\":true}");
    assertThat(system.get("/v1/session").cookie(session).send().status()).isEqualTo(401);
    assertThat(system.signIn("ann", password).send().status()).isEqualTo(401);
    assertThat(invoke("{}").path("names")).isEmpty();
  }

  @Test
  void resetAndRemove_unknownName_areRefused() {
    assertThat(invoke("{\"name\":\"ann\",\"reset\":true}").path("error").asText())
        .isEqualTo("UNKNOWN");
    assertThat(invoke("{\"name\":\"ann\",\"remove\":true}").path("error").asText())
        .isEqualTo("UNKNOWN");
    assertThat(system.controlTable()).doesNotContain("ann");
  }

  @Test
  void everyAction_done_isInTheAuditLog() {
    invoke("{\"name\":\"ann\"}");
    system.clock.advance(Duration.ofMillis(5));
    invoke("{\"name\":\"ann\",\"reset\":true}");
    system.clock.advance(Duration.ofMillis(5));
    invoke("{\"name\":\"ann\",\"remove\":true}");

    JsonNode entries = system.get("/v1/audit").cookie(system.signIn()).send().data();

    assertThat(entries)
        .filteredOn(entry -> entry.path("subject").asText().equals("ann"))
        .extracting(entry -> entry.path("action").asText() + " by " + entry.path("actor").asText())
        .containsExactly(
            "operator.removed by a test",
            "operator.password_changed by a test",
            "operator.created by a test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"ann\"",
        "{",
        "{\"name\":7}",
        "{\"name\":null}",
        "{\"name\":\"ann\",\"reset\":\"yes\"}",
        "{\"name\":\"ann\",\"reset\":true,\"remove\":true}",
        "{\"reset\":true}",
        "{\"name\":\"ann\",\"rest\":true}",
        "{\"name\":\"ann\",\"name\":\"bob\"}"
      })
  void invoke_badPayload_isAClearError(String payload) {
    JsonNode answer = invoke(payload);

    assertThat(answer.path("error").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.path("message").asText()).endsWith(".");
    assertThat(system.controlTable()).doesNotContain("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\\tb"})
  void add_badName_isRefused(String name) {
    assertThat(invoke("{\"name\":\"" + name + "\"}").path("error").asText())
        .isEqualTo("INVALID_NAME");
  }

  @Test
  void invoke_storeIsAway_isAClearErrorWithoutAPassword() {
    Environment nowhere = new Environment(Map.of("OM_DYNAMODB_ENDPOINT", "http://127.0.0.1:1"));
    var client = new AwsClients(nowhere).dynamoDb(Duration.ofSeconds(1));
    OperatorsFunction away =
        new OperatorsFunction(
            OperatorAccounts.create(client, "control", system.clock, system.random, "a test"),
            new Log(log, Log.Level.DEBUG, system.clock));

    JsonNode answer = invoke(away, "{\"name\":\"ann\"}");

    assertThat(answer.path("error").asText()).isEqualTo("UNAVAILABLE");
    assertThat(answer.has("password")).isFalse();
  }

  @Test
  void add_manyAtOnce_oneIsMadeAndItsPasswordHolds() throws Exception {
    List<OperatorChange> changes = atOnce(8, () -> system.accounts.add("ann"));

    List<OperatorChange.Password> made = passwords(changes);
    assertThat(made).hasSize(1);
    assertThat(system.operators.authenticate("ann", made.getFirst().password())).isPresent();
  }

  @Test
  void reset_manyAtOnce_onlyThePasswordOfTheLastHolds() throws Exception {
    system.accounts.add("ann");

    List<OperatorChange.Password> made = passwords(atOnce(8, () -> system.accounts.reset("ann")));

    assertThat(made).isNotEmpty();
    Set<String> good = new HashSet<>();
    for (OperatorChange.Password change : made) {
      if (system.operators.authenticate("ann", change.password()).isPresent()) {
        good.add(change.password());
      }
    }
    assertThat(good).hasSize(1);
  }

  @Test
  void replaceAndRemove_operatorThatChangedMeanwhile_changeNothing() {
    system.accounts.add("ann");
    OperatorTable table = new OperatorTable(system.dynamoDb, system.tables.control());
    Operator seen = table.find("ann").orElseThrow();
    system.accounts.reset("ann");
    Operator now = table.find("ann").orElseThrow();

    assertThat(table.replace(seen, new Operator("ann", Role.OWNER, "x", "y", QuerySystem.START)))
        .isFalse();
    assertThat(table.remove(seen)).isFalse();
    assertThat(table.add(new Operator("ann", Role.OWNER, "x", "y", QuerySystem.START))).isFalse();
    assertThat(table.find("ann")).contains(now);
    assertThat(system.accounts.names()).containsExactly("ann");
  }

  @Test
  void password_asText_isNotInIt() {
    assertThat(new OperatorChange.Password("ann", "secret").toString()).doesNotContain("secret");
  }

  private static List<OperatorChange> atOnce(int times, Callable<OperatorChange> wish)
      throws Exception {
    List<OperatorChange> changes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<OperatorChange>> running = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        running.add(threads.submit(wish));
      }
      for (Future<OperatorChange> one : running) {
        changes.add(one.get());
      }
    }
    return changes;
  }

  private static List<OperatorChange.Password> passwords(List<OperatorChange> changes) {
    return changes.stream()
        .filter(OperatorChange.Password.class::isInstance)
        .map(OperatorChange.Password.class::cast)
        .toList();
  }

  private JsonNode invoke(String payload) {
    return invoke(function, payload);
  }

  private static JsonNode invoke(OperatorsFunction function, String payload) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)), answer, NO_CONTEXT);
      return new ObjectMapper().readTree(answer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
