package io.openmonetize.query;

import static io.openmonetize.query.QuerySystem.NAME;
import static io.openmonetize.query.QuerySystem.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(DynamoDbExtension.class)
class SessionTest {
  private final QuerySystem system;

  SessionTest(QuerySystem system) {
    this.system = system;
  }

  @Test
  void signIn_rightPassword_saysWhoAndWhere() {
    system.accounts.ensure(NAME, PASSWORD);

    Reply reply = system.signIn(NAME, PASSWORD).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().path("name").asText()).isEqualTo(NAME);
    assertThat(reply.data().path("role").asText()).isEqualTo("owner");
    assertThat(reply.data().path("environment").asText()).isEqualTo("dev");
    assertThat(reply.data().path("proxy_url").asText()).isEqualTo("http://127.0.0.1:8082");
    assertThat(reply.data().get("event_retention_days").isNull()).isTrue();
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
  }

  @Test
  void signIn_onLoopback_setsACookieThatWorksWithoutTls() {
    system.accounts.ensure(NAME, PASSWORD);

    String cookie = system.signIn(NAME, PASSWORD).send().cookies().getFirst();

    assertThat(cookie)
        .matches("om_session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
  }

  @Test
  void signIn_onAnyOtherHost_setsASecureCookie() {
    system.accounts.ensure(NAME, PASSWORD);

    String cookie =
        system.signIn(NAME, PASSWORD).host("meter.example.com").send().cookies().getFirst();

    assertThat(cookie).endsWith("; HttpOnly; SameSite=Strict; Secure");
  }

  @Test
  void signIn_bodyInBase64_isReadAllTheSame() {
    system.accounts.ensure("Zoë", "pässwörter sind lang");
    byte[] body =
        "{\"name\":\"Zoë\",\"password\":\"pässwörter sind lang\"}".getBytes(StandardCharsets.UTF_8);

    assertThat(system.post("/v1/session").base64Json(body).send().status()).isEqualTo(200);
  }

  @Test
  void signIn_wrongPasswordOrUnknownName_isAnsweredAlike() {
    system.accounts.ensure(NAME, PASSWORD);

    Reply wrong = system.signIn(NAME, "something else entirely").send();
    Reply unknown = system.signIn("nobody", PASSWORD).send();

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(wrong.error()).isEqualTo("UNAUTHORIZED");
    assertThat(wrong.message()).isEqualTo(unknown.message());
    assertThat(wrong.cookies()).isEmpty();
  }

  @Test
  void signIn_anyOutcome_leavesNeitherTokenNorPasswordInTableOrLog() {
    String token = system.signIn();
    system.signIn("typed my-password-here", "and this one too").send();

    assertThat(system.controlTable()).doesNotContain(token).doesNotContain(PASSWORD);
    assertThat(system.log() + system.controlTable())
        .doesNotContain(token)
        .doesNotContain("typed my-password-here")
        .doesNotContain("and this one too");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\":\"x\"}",
        "{\"name\":\"\",\"password\":\"x\"}",
        "{\"name\":7,\"password\":\"x\"}",
        "{\"name\":\"a\\nb\",\"password\":\"x\"}"
      })
  void signIn_badName_namesTheField(String body) {
    Reply reply = system.post("/v1/session").json(body).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("VALIDATION_ERROR");
    assertThat(reply.message()).startsWith("name ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"text\"",
        "{\"name\":\"a\"",
        "{\"name\":\"a\",\"password\":\"b\"}{}",
        "{\"name\":\"a\",\"name\":\"b\",\"password\":\"c\"}"
      })
  void signIn_noSingleJsonObject_isABadRequest(String body) {
    Reply reply = system.post("/v1/session").json(body).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo("the body is not a JSON object");
  }

  @Test
  void signIn_unknownField_isRefusedWithoutRepeatingIt() {
    Reply reply =
        system
            .post("/v1/session")
            .json("{\"name\":\"a\",\"password\":\"b\",\"<script>\":1}")
            .send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("name, password").doesNotContain("script");
  }

  @Test
  void signIn_bodyNotDeclaredAsJson_isRefused() {
    Reply reply = system.signIn(NAME, PASSWORD).header("content-type", "text/plain").send();

    assertThat(reply.status()).isEqualTo(415);
  }

  @Test
  void signIn_hugeBody_isRefused() {
    Reply reply = system.signIn(NAME, "x".repeat(70_000)).send();

    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void showSession_signedIn_saysWho() {
    String token = system.signIn();

    Reply reply = system.get("/v1/session").cookie(token).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data().path("name").asText()).isEqualTo(NAME);
  }

  @Test
  void showSession_onAnotherInstance_isTheSameSession() {
    String token = system.signIn();
    String endpoint =
        system.dynamoDb.serviceClientConfiguration().endpointOverride().orElseThrow().toString();
    QueryFunction other = system.function(Map.of("OM_DYNAMODB_ENDPOINT", endpoint));

    Reply reply = QuerySystem.send(other, system.get("/v1/session").cookie(token));

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void showSession_withoutCookie_isUnauthorized() {
    assertThat(system.get("/v1/session").send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a=b", "'; --"})
  void showSession_forgedCookie_isUnauthorized(String token) {
    system.signIn();

    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(401);
  }

  @Test
  void showSession_theStoredHashAsCookie_isUnauthorized() {
    system.signIn();
    String hash =
        system.dynamoDb.scan(scan -> scan.tableName(system.tables.control())).items().stream()
            .map(item -> item.get("pk").s())
            .filter(pk -> pk.startsWith("SESSION#"))
            .findFirst()
            .orElseThrow()
            .substring("SESSION#".length());

    assertThat(system.get("/v1/session").cookie(hash).send().status()).isEqualTo(401);
  }

  @Test
  void showSession_afterTwelveHours_isOverHoweverMuchItWasUsed() {
    String token = system.signIn();
    system.clock.advance(Duration.ofHours(12).minusSeconds(1));
    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(200);

    system.clock.advance(Duration.ofSeconds(1));

    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(401);
  }

  @Test
  void showSession_afterAPasswordChange_isOver() {
    String token = system.signIn();

    system.accounts.ensure(NAME, "a new password altogether");

    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(401);
    assertThat(system.signIn(NAME, PASSWORD).send().status()).isEqualTo(401);
    assertThat(system.signIn(NAME, "a new password altogether").send().status()).isEqualTo(200);
  }

  @Test
  void ensure_theSamePassword_leavesSessionsAlone() {
    String token = system.signIn();

    system.accounts.ensure(NAME, PASSWORD);

    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(200);
  }

  @Test
  void signOut_signedIn_endsTheSessionAndClearsTheCookie() {
    String token = system.signIn();

    Reply reply = system.call("DELETE", "/v1/session").signedIn(token).send();

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.cookies().getFirst()).startsWith("om_session=; Path=/; Max-Age=0;");
    assertThat(system.get("/v1/session").cookie(token).send().status()).isEqualTo(401);
  }

  @Test
  void signOut_signedOutAlready_saysTheSame() {
    String token = system.signIn();
    system.call("DELETE", "/v1/session").signedIn(token).send();

    assertThat(system.call("DELETE", "/v1/session").signedIn(token).send().status()).isEqualTo(204);
  }

  @Test
  void signIn_overASession_endsTheOneBefore() {
    String before = system.signIn();

    Reply reply = system.signIn(NAME, PASSWORD).cookie(before).send();

    assertThat(system.get("/v1/session").cookie(before).send().status()).isEqualTo(401);
    assertThat(system.get("/v1/session").cookie(QuerySystem.token(reply)).send().status())
        .isEqualTo(200);
  }
}
