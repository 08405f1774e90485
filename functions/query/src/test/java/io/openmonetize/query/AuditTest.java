package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class AuditTest {
  private final QuerySystem system;

  AuditTest(QuerySystem system) {
    this.system = system;
  }

  @Test
  void audit_whatOperatorsDo_isNotedNewestFirst() {
    String session = system.signIn();
    step();
    system.signIn(QuerySystem.NAME, "a wrong password!").send();
    step();
    String id = create(session).data().path("id").asText();
    step();
    String young = rotate(session, id, 60).data().path("id").asText();
    step();
    post(session, "/v1/api-keys/" + young + "/revoke");
    step();
    system.call("DELETE", "/v1/session").signedIn(session).send();
    step();

    String again = system.signIn();
    JsonNode entries = system.get("/v1/audit").cookie(again).send().data();

    assertThat(entries)
        .extracting(entry -> entry.path("action").asText())
        .startsWith(
            "session.created",
            "session.ended",
            "api_key.revoked",
            "api_key.rotated",
            "api_key.created")
        .contains("session.failed", "operator.created");
    assertThat(entries)
        .extracting(entry -> entry.path("subject").asText())
        .contains(id, young, QuerySystem.NAME);
    assertThat(entries.get(0).path("actor").asText()).isEqualTo(QuerySystem.NAME);
    assertThat(entries.get(0).path("source_ip").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void audit_failedSignIn_keepsNoNameAndNoPassword() {
    String session = system.signIn();
    system.signIn("my-secret-typed-as-a-name", "another secret of mine").send();

    Reply reply = system.get("/v1/audit").cookie(session).send();

    assertThat(reply.text()).contains("session.failed").doesNotContain("secret");
  }

  @Test
  void audit_pages_showEachEntryOnceOverMonths() {
    String session = system.signIn();
    AuditLog log = new AuditLog(system.dynamoDb, system.tables.control(), system.random);
    for (int i = 0; i < 7; i++) {
      Instant at = QuerySystem.START.minus(Duration.ofDays(20L * (i + 1)));
      log.add(
          new AuditEntry(
              at, "ada", AuditEntry.Action.KEY_CREATED, "key " + i, Map.of("a", "b"), null));
    }
    List<String> subjects = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = system.get("/v1/audit?limit=3" + cursor).cookie(session).send();
      page.data()
          .forEach(
              entry ->
                  subjects.add(
                      entry.path("action").asText() + " " + entry.path("subject").asText()));
      JsonNode next = page.json().path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asText();
    } while (!cursor.isEmpty());

    // The log knows the month of its first entry, which was this month's sign-in.
    assertThat(subjects)
        .contains("session.created " + QuerySystem.NAME, "operator.created " + QuerySystem.NAME)
        .doesNotHaveDuplicates();
  }

  @Test
  void audit_actionOfANewerVersion_isShownAsItIs() {
    String session = system.signIn();
    AuditLog log = new AuditLog(system.dynamoDb, system.tables.control(), system.random);
    log.add(new AuditEntry(QuerySystem.START, "ada", "budget.created", "b1", Map.of(), null));

    Reply reply = system.get("/v1/audit").cookie(session).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data())
        .extracting(entry -> entry.path("action").asText())
        .contains("budget.created");
  }

  @Test
  void audit_operatorMadeAndPasswordChanged_areNotedOnceEach() {
    system.accounts.ensure("ada", "twelve chars");
    system.accounts.ensure("ada", "twelve chars");
    step();
    system.accounts.ensure("ada", "thirteen chars");

    JsonNode entries = system.get("/v1/audit").cookie(system.signIn()).send().data();

    assertThat(entries)
        .filteredOn(entry -> entry.path("subject").asText().equals("ada"))
        .extracting(entry -> entry.path("action").asText())
        .containsExactly("operator.password_changed", "operator.created");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=x", "limit=0", "limit=201", "actor=ada"})
  void audit_badParameter_isRefused(String query) {
    Reply reply = system.get("/v1/audit?" + query).cookie(system.signIn()).send();

    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void operators_afterSigningIn_areListedWithTheTime() {
    String session = system.signIn();

    JsonNode operators = system.get("/v1/operators").cookie(session).send().data();

    assertThat(operators).hasSize(1);
    assertThat(operators.get(0).path("name").asText()).isEqualTo(QuerySystem.NAME);
    assertThat(operators.get(0).path("last_sign_in_at").asText())
        .isEqualTo(QuerySystem.START.toString());
    assertThat(operators.get(0).path("created_at").asText())
        .isEqualTo(QuerySystem.START.toString());
  }

  @Test
  void signOutEverywhere_allSessions_areOverAndThePasswordStays() {
    String one = system.signIn();
    String other = system.signIn();

    Reply reply = post(one, "/v1/session/sign-out-everywhere");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(system.get("/v1/session").cookie(one).send().status()).isEqualTo(401);
    assertThat(system.get("/v1/session").cookie(other).send().status()).isEqualTo(401);
    assertThat(system.get("/v1/session").cookie(system.signIn()).send().status()).isEqualTo(200);
  }

  @Test
  void rotate_withOverlap_oldKeyHoldsUntilThen() {
    String session = system.signIn();
    Reply old = create(session);
    String id = old.data().path("id").asText();

    Reply young = rotate(session, id, 60);

    assertThat(young.status()).isEqualTo(201);
    assertThat(young.data().path("name").asText()).isEqualTo("a key");
    String oldKey = old.data().path("key").asText();
    String newKey = young.data().path("key").asText();
    assertThat(read(oldKey)).isEqualTo(200);
    assertThat(read(newKey)).isEqualTo(200);
    system.clock.advance(Duration.ofSeconds(61));
    assertThat(read(oldKey)).isEqualTo(401);
    assertThat(read(newKey)).isEqualTo(200);
  }

  @Test
  void rotate_withoutOverlap_oldKeyIsOverAtOnceAndCannotBeRotatedAgain() {
    String session = system.signIn();
    Reply old = create(session);
    String id = old.data().path("id").asText();

    rotate(session, id, 0);

    system.clock.advance(Duration.ofSeconds(11));
    assertThat(read(old.data().path("key").asText())).isEqualTo(401);
    assertThat(rotate(session, id, 0).status()).isEqualTo(400);
    assertThat(rotate(session, "none", 0).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"overlap_seconds\":-1}",
        "{\"overlap_seconds\":604801}",
        "{\"overlap_seconds\":\"1\"}",
        "{\"overlap_seconds\":1.5}",
        "{\"x\":1}"
      })
  void rotate_badBody_isRefused(String body) {
    String session = system.signIn();
    String id = create(session).data().path("id").asText();

    Reply reply = system.post("/v1/api-keys/" + id + "/rotate").signedIn(session).json(body).send();

    assertThat(reply.status()).isEqualTo(400);
  }

  private int read(String key) {
    return system.get("/v1/events").bearer(key).send().status();
  }

  private Reply create(String session) {
    return system.post("/v1/api-keys").signedIn(session).json("{\"name\":\"a key\"}").send();
  }

  private Reply rotate(String session, String id, int overlap) {
    return system
        .post("/v1/api-keys/" + id + "/rotate")
        .signedIn(session)
        .json("{\"overlap_seconds\":" + overlap + "}")
        .send();
  }

  private Reply post(String session, String target) {
    return system.post(target).signedIn(session).send();
  }

  private void step() {
    system.clock.advance(Duration.ofMillis(5));
  }
}
