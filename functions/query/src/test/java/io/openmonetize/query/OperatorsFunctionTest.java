package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.query.operators.OperatorChange;
import io.openmonetize.query.operators.PasswordHasher;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.storage.AuditLog;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.OperatorTable.Operator;
import io.openmonetize.storage.OperatorTable.Role;
import io.openmonetize.storage.SessionTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
        "{\"name\":\"ann\",\"name\":\"bob\"}",
        "{\"name\":\"ann\"} {}",
        "{\"name\":[\"ann\"]}",
        "{\"name\":{\"name\":\"ann\"}}",
        "{\"name\":\"ann\",\"reset\":null}",
        "{\"name\":\"ann\",\"remove\":1e999999999}",
        "[{\"name\":\"ann\"}]"
      })
  void invoke_badPayload_isAClearError(String payload) {
    JsonNode answer = invoke(payload);

    assertThat(answer.path("error").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.path("message").asText()).endsWith(".");
    assertThat(system.controlTable()).doesNotContain("ann");
  }

  @Test
  void invoke_hugeOrDeepPayload_isAClearError() {
    for (String payload :
        List.of(
            "{\"name\":\"" + "a".repeat(1 << 20) + "\"}",
            "{\"name\":" + "[".repeat(30_000),
            "{\"name\":" + "[".repeat(900) + "]".repeat(900) + "}",
            "{\"name\":" + "9".repeat(60_000) + "}")) {
      assertThat(invoke(payload).path("error").asText()).isEqualTo("VALIDATION_ERROR");
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  /** Those that look like nothing, like another, or turn the text around them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\\tb",
        " ",
        " ann",
        "ann ",
        "a  b",
        "ann\\u00a0b",
        "a\\u200bnn",
        "\\u202enna",
        "a\\u2028b",
        "\\ud800",
        "ann\\ufeff",
        "\\ue000",
        "Zoe\\u0308",
        "\\uff41nn",
        "o\\ufb03ce"
      })
  void add_badName_isRefused(String name) {
    assertThat(invoke("{\"name\":\"" + name + "\"}").path("error").asText())
        .isEqualTo("INVALID_NAME");
    assertThat(system.accounts.names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "Ann Lee", "ann@example.com", "Zoë", "客户", "O'Neil-2"})
  void add_goodName_isMade(String name) {
    assertThat(system.accounts.add(name)).isInstanceOf(OperatorChange.Password.class);
    assertThat(system.accounts.names()).containsExactly(name);
  }

  @Test
  void add_nameOfTheMostCharacters_isMadeAndNoLongerOne() {
    assertThat(system.accounts.add("客".repeat(100))).isInstanceOf(OperatorChange.Password.class);
    assertThat(system.accounts.add("客".repeat(101)))
        .isEqualTo(new OperatorChange.Refused(OperatorChange.Reason.INVALID_NAME));
  }

  @Test
  void add_nameThatDiffersInCaseOnly_isRefused() {
    invoke("{\"name\":\"ann\"}");

    assertThat(invoke("{\"name\":\"ANN\"}").path("error").asText()).isEqualTo("EXISTS");
    assertThat(system.accounts.names()).containsExactly("ann");
  }

  /** Made before such names were refused, or it could never be removed. */
  @Test
  void remove_nameThatWouldBeRefusedNow_isRemoved() {
    OperatorTable table = new OperatorTable(system.dynamoDb, system.tables.control());
    table.add(new Operator(" ann", Role.OWNER, "x", "y", QuerySystem.START));

    assertThat(invoke("{\"name\":\" ann\",\"remove\":true}").path("removed").asBoolean()).isTrue();
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
  void remove_whileSigningIn_leavesNoLineThatCannotBeRemoved() {
    String password = invoke("{\"name\":\"ann\"}").path("password").asText();
    Operator authenticated = system.operators.authenticate("ann", password).orElseThrow();
    invoke("{\"name\":\"ann\",\"remove\":true}");

    String session = sessions().begin(authenticated);

    assertThat(system.accounts.names()).isEmpty();
    assertThat(system.get("/v1/session").cookie(session).send().status()).isEqualTo(401);
  }

  @Test
  void reset_whileSigningIn_leavesNoSession() {
    String password = invoke("{\"name\":\"ann\"}").path("password").asText();
    Operator authenticated = system.operators.authenticate("ann", password).orElseThrow();
    String fresh = invoke("{\"name\":\"ann\",\"reset\":true}").path("password").asText();

    String session = sessions().begin(authenticated);

    assertThat(system.get("/v1/session").cookie(session).send().status()).isEqualTo(401);
    assertThat(system.operators.authenticate("ann", fresh)).isPresent();
  }

  @Test
  void addAndRemove_manyAtOnce_listIsOfThoseWhoAreThere() throws Exception {
    atOnce(
        12,
        () -> {
          system.accounts.add("ann");
          return system.accounts.remove("ann");
        });

    boolean isThere =
        new OperatorTable(system.dynamoDb, system.tables.control()).find("ann").isPresent();
    assertThat(system.accounts.names()).isEqualTo(isThere ? List.of("ann") : List.of());
  }

  @Test
  void anything_auditLogIsAway_isNotDone() {
    system.accounts.add("bob");
    OperatorTable table = new OperatorTable(system.dynamoDb, system.tables.control());
    Operator before = table.find("bob").orElseThrow();
    OperatorsFunction unaudited =
        new OperatorsFunction(
            new OperatorAccounts(
                table,
                new PasswordHasher(QuerySystem.CHEAP, system.random),
                new AuditLog(system.dynamoDb, "no-such-table", system.random),
                system.clock,
                system.random,
                "a test"),
            new Log(log, Log.Level.DEBUG, system.clock));

    for (String payload :
        List.of(
            "{\"name\":\"ann\"}",
            "{\"name\":\"bob\",\"reset\":true}",
            "{\"name\":\"bob\",\"remove\":true}")) {
      JsonNode answer = invoke(unaudited, payload);

      assertThat(answer.path("error").asText()).isEqualTo("UNAVAILABLE");
      assertThat(answer.has("password")).isFalse();
    }
    assertThat(system.accounts.names()).containsExactly("bob");
    assertThat(table.find("bob")).contains(before);
  }

  private Sessions sessions() {
    return new Sessions(
        new SessionTable(system.dynamoDb, system.tables.control()),
        new OperatorTable(system.dynamoDb, system.tables.control()),
        system.clock,
        system.random);
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
    try {
      return new ObjectMapper()
          .readTree(
              function.answer(
                  new Invocation(
                      "invocation-1",
                      Instant.MAX,
                      null,
                      null,
                      payload.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
