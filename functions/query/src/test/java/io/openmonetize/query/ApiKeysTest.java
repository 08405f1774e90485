package io.openmonetize.query;

import static io.openmonetize.query.QuerySystem.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.keys.Scope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(DynamoDbExtension.class)
class ApiKeysTest {
  private final QuerySystem system;
  private final String token;

  ApiKeysTest(QuerySystem system) {
    this.system = system;
    this.token = system.signIn();
  }

  @Test
  void create_nameAlone_makesAKeyOfAllScopesForAnyCustomer() {
    JsonNode key = create("{\"name\":\"Production\"}").data();

    assertThat(key.path("name").asText()).isEqualTo("Production");
    assertThat(key.path("id").asText()).matches("key_[0-9a-f]{24}");
    assertThat(key.path("key").asText()).startsWith(key.path("prefix").asText());
    assertThat(key.path("prefix").asText()).matches("om_dev_[0-9a-f]{6}");
    assertThat(key.path("environment").asText()).isEqualTo("dev");
    assertThat(key.path("scopes").toString()).isEqualTo("[\"proxy\",\"ingest\",\"read\"]");
    assertThat(key.path("customer_id").isNull()).isTrue();
    assertThat(key.path("created_at").asText()).isEqualTo("2026-10-05T12:34:56Z");
    assertThat(key.path("created_by").asText()).isEqualTo(NAME);
    assertThat(key.path("expires_at").isNull()).isTrue();
    assertThat(key.path("revoked_at").isNull()).isTrue();
  }

  @Test
  void create_everythingSaid_isKept() {
    create(
        """
        {"name":"Acme","scopes":["read","ingest"],"customer_id":"acme",
         "expires_at":"2027-01-01T02:00:00+02:00"}
        """);

    JsonNode key = list().get(0);

    assertThat(key.path("scopes").toString()).isEqualTo("[\"ingest\",\"read\"]");
    assertThat(key.path("customer_id").asText()).isEqualTo("acme");
    assertThat(key.path("expires_at").asText()).isEqualTo("2027-01-01T00:00:00Z");
  }

  @Test
  void create_theKey_isShownThisOnceAndStoredNowhere() {
    String key = create("{\"name\":\"a\"}").data().path("key").asText();
    String secret = key.substring("om_dev_123456".length());

    assertThat(system.get("/v1/api-keys").cookie(token).send().text()).doesNotContain(secret);
    assertThat(system.controlTable()).doesNotContain(secret);
    assertThat(system.log()).doesNotContain(secret);
  }

  @Test
  void create_theKey_readsAtOnce() {
    String key = create("{\"name\":\"a\"}").data().path("key").asText();

    assertThat(system.get("/v1/events").bearer(key).send().status()).isEqualTo(200);
  }

  @Test
  void create_sameNameTwice_makesTwoKeys() {
    create("{\"name\":\"a\"}");
    create("{\"name\":\"a\"}");

    assertThat(list()).hasSize(2);
  }

  @Test
  void create_nullsForWhatIsOptional_areAsIfLeftOut() {
    Reply reply =
        create("{\"name\":\"a\",\"scopes\":null,\"customer_id\":null,\"expires_at\":null}");

    assertThat(reply.data().path("scopes")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name        | {}",
        "name        | {\"name\":null}",
        "name        | {\"name\":\"\"}",
        "name        | {\"name\":\"   \"}",
        "name        | {\"name\":\"LONG\"}",
        "scopes      | {\"name\":\"a\",\"scopes\":\"read\"}",
        "scopes      | {\"name\":\"a\",\"scopes\":[]}",
        "scopes      | {\"name\":\"a\",\"scopes\":[\"read\",\"write\"]}",
        "scopes      | {\"name\":\"a\",\"scopes\":[null]}",
        "customer_id | {\"name\":\"a\",\"customer_id\":\"\"}",
        "customer_id | {\"name\":\"a\",\"customer_id\":12}",
        "customer_id | {\"name\":\"a\",\"customer_id\":\"WIDE\"}",
        "expires_at  | {\"name\":\"a\",\"expires_at\":\"tomorrow\"}",
        "expires_at  | {\"name\":\"a\",\"expires_at\":\"2027-01-01\"}",
        "expires_at  | {\"name\":\"a\",\"expires_at\":\"2026-10-05T12:34:56Z\"}",
        "expires_at  | {\"name\":\"a\",\"expires_at\":1900000000}",
      })
  void create_badField_isNamed(String field, String body) {
    String long101 = "n".repeat(101);
    String wide258 = "ü".repeat(129);
    Reply reply = create(body.replace("LONG", long101).replace("WIDE", wide258));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("VALIDATION_ERROR");
    assertThat(reply.message()).startsWith(field + " ");
    assertThat(list()).isEmpty();
  }

  @Test
  void list_someKeys_newestFirst() {
    create("{\"name\":\"first\"}");
    system.clock.advance(Duration.ofSeconds(1));
    create("{\"name\":\"second\"}");

    assertThat(list().get(0).path("name").asText()).isEqualTo("second");
    assertThat(list().get(1).path("name").asText()).isEqualTo("first");
  }

  @Test
  void list_anyParameter_isRefused() {
    Reply reply = system.get("/v1/api-keys?limit=3").cookie(token).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).startsWith("limit ");
  }

  @Test
  void revoke_aKey_saysSinceWhenAndEndsIt() {
    JsonNode key = create("{\"name\":\"a\"}").data();
    system.clock.advance(Duration.ofMinutes(1));

    Reply reply = revoke(key.path("id").asText());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().path("revoked_at").asText()).isEqualTo("2026-10-05T12:35:56Z");
    assertThat(system.get("/v1/events").bearer(key.path("key").asText()).send().status())
        .isEqualTo(401);
  }

  @Test
  void revoke_aRevokedKey_staysAsItIs() {
    String id = create("{\"name\":\"a\"}").data().path("id").asText();
    revoke(id);
    system.clock.advance(Duration.ofMinutes(1));

    assertThat(revoke(id).data().path("revoked_at").asText()).isEqualTo("2026-10-05T12:34:56Z");
  }

  @Test
  void revoke_unknownId_isNotFound() {
    Reply reply = revoke("key_nothing");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).isEqualTo("NOT_FOUND");
  }

  @Test
  void everyRoute_withAnApiKey_isForbidden() {
    String key = system.addKey(Scope.values());

    for (Call call :
        List.of(
            system.get("/v1/api-keys"),
            system.post("/v1/api-keys").json("{\"name\":\"a\"}"),
            system.post("/v1/api-keys/key_1/revoke"),
            system.get("/v1/session"))) {
      assertThat(call.bearer(key).send().status()).as(call.apiPath()).isEqualTo(403);
    }
  }

  @Test
  void everyRoute_withoutCredentials_isUnauthorized() {
    assertThat(system.get("/v1/api-keys").send().status()).isEqualTo(401);
    assertThat(system.post("/v1/api-keys").json("{\"name\":\"a\"}").send().status()).isEqualTo(401);
    assertThat(system.post("/v1/api-keys/key_1/revoke").send().status()).isEqualTo(401);
  }

  private Reply create(String body) {
    return system.post("/v1/api-keys").signedIn(token).json(body).send();
  }

  private Reply revoke(String id) {
    return system.post("/v1/api-keys/" + id + "/revoke").signedIn(token).send();
  }

  private JsonNode list() {
    return system.get("/v1/api-keys").cookie(token).send().data();
  }
}
